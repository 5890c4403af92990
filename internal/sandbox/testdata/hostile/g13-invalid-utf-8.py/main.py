if True:
    x = "ok"
print(x)
# ÿþÀ€í €õ
