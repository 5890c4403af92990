# expect: TLE
# It gives the right answer and uses no processor.
import sys
import time

print(sum(map(int, sys.stdin.read().split())), flush=True)
time.sleep(1000)
