# try: sleeps in an interpreter, with every signal ignored
# want: TLE
# limits: cpu=100ms wall=300ms
import signal
import time
for s in range(1, 32):
    try:
        signal.signal(s, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
while True:
    time.sleep(1)
