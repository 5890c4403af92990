# try: hides its processor time in a pool of processes
# want: TLE
# limits: cpu=100ms wall=20s
import subprocess
import sys
for _ in range(10):
    subprocess.run([sys.executable, "-c", "for i in range(1 << 21): pass"])
print("ok")
