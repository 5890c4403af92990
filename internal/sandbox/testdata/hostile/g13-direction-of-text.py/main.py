x = "user‮ ⁦# a comment⁩ ⁦"
print("ok")
