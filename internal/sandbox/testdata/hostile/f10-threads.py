# try: nothing evil: threads, processes, children and locks of Python must work, though calls that it tries first are refused
# want: AC
# limits: cpu=2s wall=8s
import concurrent.futures
import subprocess
import tempfile
import threading

with concurrent.futures.ThreadPoolExecutor(8) as pool:
    total = sum(pool.map(lambda n: n, range(20)))
ready = threading.Event()
threading.Timer(0.01, ready.set).start()
said = subprocess.run(["/bin/echo", "child"], capture_output=True, text=True).stdout.strip()
with tempfile.TemporaryFile() as f:
    f.write(said.encode())
print("ok" if total == 190 and said == "child" and ready.wait(2) else (total, said))
