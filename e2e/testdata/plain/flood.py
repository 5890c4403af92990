# expect: OLE
import sys

block = "0" * (1 << 20)
while True:
    sys.stdout.write(block)
