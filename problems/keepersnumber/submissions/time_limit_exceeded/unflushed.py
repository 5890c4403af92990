# Too slow: its guess stays in the buffer, so that both wait for ever.
import sys

sys.stdout.write("500000\n")
word = sys.stdin.readline()
