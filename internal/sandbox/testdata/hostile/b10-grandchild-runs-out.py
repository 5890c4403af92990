# try: programs started by the program run out of memory one after the other, and it answers all the same
# want: MLE
# limits: cpu=2s memory=32MiB wall=20s
import subprocess
import sys
for _ in range(2):
    subprocess.run([sys.executable, "-c", "x = bytearray(1 << 28); x[::4096] = bytes(1 << 16)"])
print("ok")
