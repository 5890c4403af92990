# try: forks for ever from an interpreter, and goes on when it cannot
# want: TLE or MLE
# limits: cpu=200ms wall=10s
import os
while True:
    try:
        os.fork()
    except OSError:
        pass
