"""Accepts any packing into as many baskets as the answer has."""
import re
import sys

NUMBER = re.compile(r"[0-9]{1,10}")


def wrong(message):
    with open(sys.argv[3] + "judgemessage.txt", "w") as f:
        f.write(message + "\n")
    sys.exit(43)


def numbers(words):
    if not all(NUMBER.fullmatch(word) for word in words):
        wrong("something is no number")
    return list(map(int, words))


herring = int(open(sys.argv[1]).read())
most = int(open(sys.argv[2]).readline())
said = numbers(sys.stdin.read(1 << 20).split())
if not said or said[0] != len(said) - 1:
    wrong("the number of baskets is not that of the numbers behind it")
baskets = said[1:]
if sum(baskets) != herring or min(baskets, default=0) < 1:
    wrong("not all herring are packed, or a basket is empty")
if len(set(baskets)) != len(baskets):
    wrong("two baskets hold the same")
if len(baskets) < most:
    wrong(f"{most} baskets can be packed, and these are {len(baskets)}")
if len(baskets) > most:
    sys.exit("the answer is not the best: " + sys.argv[2])
sys.exit(42)
