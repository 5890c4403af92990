# try: leaves compiled modules where the next run imports from, with the source's own time so that they are believed
# want: AC
# runs: 2
import importlib
import os
import py_compile
import sys

places = [p or "." for p in sys.path] + [os.getcwd(), os.path.expanduser("~"), "/tmp", "/code"]
bad = []
for place in places:
    if os.path.exists(os.path.join(place, "__pycache__", "poison.cpython-311.pyc")) or os.path.exists(os.path.join(place, "poison.py")):
        bad.append(f"{place} has the last run's")
sys.path[:0] = ["/scratch"]
try:
    import poison
    bad.append("the last run's could be imported")
except ImportError:
    pass
for place in places:
    try:
        with open(os.path.join(place, "poison.py"), "w") as f:
            f.write("x = 1\n")
        py_compile.compile(os.path.join(place, "poison.py"))
    except OSError:
        pass
importlib.invalidate_caches()
import poison  # it is possible within a run
print(*bad or ["ok"], sep="\n")
