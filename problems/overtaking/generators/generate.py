"""Writes data/secret, answers by the accepted Python solution: python3 generate.py"""
import pathlib
import random
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOLUTION = ROOT / "submissions" / "accepted" / "fenwick.py"


def write(name, order):
    text = f"{len(order)}\n{' '.join(map(str, order))}\n"
    answer = subprocess.run([sys.executable, SOLUTION], input=text, capture_output=True, text=True, check=True)
    (ROOT / "data" / "secret" / f"{name}.in").write_text(text)
    (ROOT / "data" / "secret" / f"{name}.ans").write_text(answer.stdout)


def shuffled(n):
    return random.sample(range(1, n + 1), n)


def nearly_sorted(n, spread):
    return sorted(range(1, n + 1), key=lambda rider: rider + random.uniform(0, spread))


random.seed(9)
write("01-one", [1])
write("02-two", [2, 1])
write("03-nobody", list(range(1, 11)))
write("04-everybody", list(range(10, 0, -1)))
write("05-last-first", [12] + list(range(1, 12)))
write("06-first-last", list(range(2, 13)) + [1])
write("07-random", shuffled(100))
write("08-nearly", nearly_sorted(1000, 20))
write("09-random", shuffled(3000))
write("10-most-random", shuffled(100000))
write("11-most-reversed", list(range(100000, 0, -1)))
