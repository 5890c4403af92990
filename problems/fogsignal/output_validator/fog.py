"""Hands the blasts of the first run to the second, plain or swapped as the answer says."""
import os
import re
import sys

sent = os.path.join(sys.argv[3], "sent")  # stays from one run to the next


def wrong(message):
    with open(sys.argv[3] + "judgemessage.txt", "a") as f:
        f.write(message + "\n")
    sys.exit(43)


order, value = open(sys.argv[1]).read().split()
how = open(sys.argv[2]).read().strip()
said = sys.stdin.read(1000).split()
if len(said) != 1:
    wrong(f"{len(said)} words are printed, and not one")
if order == "receive":
    with open(sent) as f:
        number = f.read()
    if said[0] != number:
        wrong(f"{number} was sent, and {said[0]} received")
    sys.exit(42)
if not re.fullmatch("[LS]{1,40}", said[0]):
    wrong("these are not 1 to 40 blasts")
blasts = said[0] if how == "plain" else said[0].translate(str.maketrans("LS", "SL"))
with open(sent, "w") as f:
    f.write(value)
with open(sys.argv[3] + "nextpass.in", "w") as f:
    f.write(f"receive\n{blasts}\n")
sys.exit(42)
