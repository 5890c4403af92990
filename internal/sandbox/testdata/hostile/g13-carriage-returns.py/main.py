if True:
    x = "ok"
print(x)
