# try: rewrites its own source, its compiled form and what Python imports from beside it, so that the next test runs other code
# want: AC
# runs: 2
import glob
import os
import sys

bad = []
here = os.path.dirname(os.path.abspath(__file__))
targets = glob.glob(here + "/*") + [here + "/sitecustomize.py", here + "/usercustomize.py", here + "/os.py", here + "/__pycache__/x.pyc"]
for path in targets + [os.__file__, sys.executable]:
    for mode in ("r+b", "wb", "ab"):
        try:
            open(path, mode).close()
            bad.append(f"{path} can be written")
        except OSError:
            pass
    for change in (os.unlink, lambda p: os.rename(p, p + "~"), lambda p: os.symlink("/scratch", p), lambda p: os.chmod(p, 0o777)):
        try:
            change(path)
            bad.append(f"{path} can be changed")
        except OSError:
            pass
if not glob.glob(here + "/main.py*"):
    bad.append("my own source is not there")
if os.path.exists("/scratch/left") or os.path.exists(os.path.expanduser("~/.local")):
    bad.append("the last run's files are there")
# What Python itself would execute at its next start, if the home were kept.
os.makedirs(os.path.expanduser("~/.local/lib/python3.11/site-packages"))
for name in ("sitecustomize.py", "usercustomize.py", "x.pth"):
    with open(os.path.expanduser("~/.local/lib/python3.11/site-packages/" + name), "w") as f:
        f.write("import os; os.write(1, b'the last run runs on\\n')\n")
open("/scratch/left", "w").close()
print(*bad or ["ok"], sep="\n")
