# try: has the compiler compute constants of gigabytes before the program runs
# want: MLE or RE or TLE or CE
# limits: compile=5s cpu=500ms memory=64MiB
a = "a" * 4096 * 4096 * 4096
b = (1 << 100000000) ** 99
c = ((1,) * 20) * 256 * 256 * 256 * 256
print("ok")
