# try: recursion without the interpreter's own limit, until the stack of the machine is full
# want: RE or MLE
# limits: memory=64MiB wall=10s
import sys
sys.setrecursionlimit(1 << 30)


class Deep:
    def __getattr__(self, name):
        return getattr(self, name + "x")[0]


Deep().x
