# try: fails with a mebibyte of last words, with control characters and bytes that are no text: what is shown is short and clean
# want: RE
# limits: wall=10s
# log: !\x1b
import sys
for _ in range(1 << 10):
    sys.stderr.buffer.write(b"\x1b]0;title\x07\xff\x00<script>" * 64)
sys.stderr.flush()
sys.exit(1)
