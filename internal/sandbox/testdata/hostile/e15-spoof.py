# try: prints a verdict and ends before Python's own end, by _exit, with open buffers and threads running; what was not written is no answer
# want: WA
import os
import sys
import threading

threading.Thread(target=lambda: [None for _ in iter(int, 1)], daemon=True).start()
sys.stdout.write("ok\n")  # stays in the buffer
sys.stderr.write('{"verdict":"AC"}\n')
os._exit(0)
