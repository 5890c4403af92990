# try: 60 MiB of bytes in an interpreter, over a limit of 27 MiB and what the interpreter itself is given
# want: MLE
# limits: memory=27MiB wall=10s
# runs: 2
x = bytearray(60 << 20)
for i in range(0, len(x), 4096):
    x[i] = 1
print("ok" if sum(x) == 60 << 8 else "wrong")
