# expect: AC
# It takes its time, so that there is time to interrupt it.
import sys
import time

time.sleep(0.1)
print(sum(map(int, sys.stdin.read().split())))
