"""Writes data/secret, answers by the accepted Python solution: python3 generate.py"""
import pathlib
import random
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOLUTION = ROOT / "submissions" / "accepted" / "width.py"


def write(name, lights, positions):
    text = f"{len(positions)} {lights}\n{' '.join(map(str, positions))}\n"
    answer = subprocess.run([sys.executable, SOLUTION], input=text, capture_output=True, text=True, check=True)
    (ROOT / "data" / "secret" / f"{name}.in").write_text(text)
    (ROOT / "data" / "secret" / f"{name}.ans").write_text(answer.stdout)


def uniform(count, low, high):
    return [random.randint(low, high) for _ in range(count)]


random.seed(7)
write("01-one-village", 1, [10**9])
write("02-one-place", 2, [5] * 6)
write("03-one-light", 1, [3, 9, 4])
write("04-clusters", 2, [0, 1, 2, 3, 4, 5, 100, 103])
write("05-equal-gaps", 3, list(range(0, 100, 10)))
write("06-small", 4, uniform(15, 0, 60))
write("07-widest", 1, [0, 10**9] + uniform(1500, 0, 10**9))
write("08-wide", 3, uniform(1000, 0, 10**9))
write("09-a-light-each", 800, random.sample(range(10**9), 800))
write("10-all-but-one", 799, random.sample(range(10**9), 800))
write("11-crowded", 50, uniform(20000, 0, 1000))
write("12-most", 777, uniform(100000, 0, 10**8 - 1))
