# try: prints the right answer and computes for ever when the interpreter ends
# want: TLE
# limits: cpu=100ms wall=20s
import atexit


@atexit.register
def forever():
    while True:
        pass


print("ok", flush=True)
