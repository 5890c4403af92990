# expect: RE MLE OLE
block = b"x" * (1 << 20)
with open("file", "wb", buffering=0) as f:
    while True:
        f.write(block)
