# try: walks the whole tree as Python does and reads what is no toolchain, for the word the answer begins with; AC would mean that it was found
# want: WA
# answer: sesame-93b2d8
# limits: cpu=2s wall=8s
import os
import re

word = re.compile(rb"sesame-[0-9a-f]{6}")
found = set()
for path, dirs, names in os.walk("/"):
    dirs[:] = [d for d in dirs if os.path.join(path, d) not in ("/usr", "/opt", "/code", "/cache", "/proc", "/sys")]
    for name in names:
        try:
            with open(os.path.join(path, name), "rb", opener=lambda p, f: os.open(p, f | os.O_NONBLOCK)) as f:
                found.update(word.findall(f.read(1 << 20)))
        except (OSError, ValueError):
            pass
# Is there anything above the root, or behind the links of /proc?
for top in ("/..", "/proc/self/root/..", "/proc/self/cwd/../..", "/proc/1/root", "/dev/fd/0/.."):
    try:
        found.update(name.encode() for name in set(os.listdir(top)) - set(os.listdir("/")))
    except OSError:
        pass
print(*[s.decode() for s in found] or ["nothing"])
