# try: 30 MiB of bytes in an interpreter, under a limit of 36 MiB: that must work
# want: AC
# limits: memory=36MiB wall=10s
# runs: 2
x = bytearray(30 << 20)
for i in range(0, len(x), 4096):
    x[i] = 1
print("ok" if sum(x) == 30 << 8 else "wrong")
