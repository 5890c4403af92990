"""Writes data/secret, answers by the accepted Python solution: python3 generate.py"""
import pathlib
import random
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOLUTION = ROOT / "submissions" / "accepted" / "shed.py"


def write(name, order):
    text = f"{len(order)}\n{' '.join(map(str, order))}\n"
    answer = subprocess.run([sys.executable, SOLUTION], input=text, capture_output=True, text=True, check=True)
    (ROOT / "data" / "secret" / f"{name}.in").write_text(text)
    (ROOT / "data" / "secret" / f"{name}.ans").write_text(answer.stdout)


def possible(n, arrive):
    """An order that can be kept; at each step a tram arrives with chance arrive."""
    shed, order, arrived = [], [], 0
    while len(order) < n:
        if arrived < n and (not shed or random.random() < arrive):
            arrived += 1
            shed.append(arrived)
        else:
            order.append(shed.pop())
    return order


def swapped(order, i, j):
    order[i], order[j] = order[j], order[i]
    return order


random.seed(4)
write("01-one", [1])
write("02-two", [2, 1])
write("03-one-by-one", list(range(1, 11)))
write("04-all-at-once", list(range(10, 0, -1)))
write("05-impossible-at-the-end", [1, 2, 3, 4, 7, 5, 6])
write("06-possible", possible(20, 0.6))
write("07-random", random.sample(range(1, 1001), 1000))
write("08-possible", possible(2000, 0.5))
write("09-deep-then-shallow", list(range(700, 0, -1)) + list(range(701, 1401)))
write("10-impossible-late", swapped(possible(20000, 0.4), 19990, 10))
write("11-most-possible", possible(100000, 0.55))
write("12-most-reversed", list(range(100000, 0, -1)))
