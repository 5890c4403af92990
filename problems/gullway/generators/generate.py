"""Writes data/secret, answers by the accepted Python solution: python3 generate.py"""
import pathlib
import random
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOLUTION = ROOT / "submissions" / "accepted" / "remainders.py"


def write(name, k, climbs):
    text = f"{len(climbs)} {k}\n{' '.join(map(str, climbs))}\n"
    answer = subprocess.run([sys.executable, SOLUTION], input=text, capture_output=True, text=True, check=True)
    (ROOT / "data" / "secret" / f"{name}.in").write_text(text)
    (ROOT / "data" / "secret" / f"{name}.ans").write_text(answer.stdout)


def uniform(count, low, high):
    return [random.randint(low, high) for _ in range(count)]


random.seed(5)
write("01-one-lucky", 7, [-14])
write("02-one-unlucky", 7, [13])
write("03-all-lucky", 1, [5, -3, 0, 8])
write("04-descents", 3, [-1, -1, -1, -2, 4])
write("05-small", 3, uniform(20, -9, 9))
write("06-largest-k", 10**9, [10**9, -(10**9), 1, -1, 999999999, 1])
write("07-sums-over-32-bits", 999999937, uniform(300, 10**9 - 5, 10**9))
write("08-no-stretch", 10**9, [1] * 1000)
write("09-up-and-down", 11, [1, -1] * 2500)
write("10-large-climbs", 1000, uniform(20000, -(10**9), 10**9))
write("11-most-zeros", 10**9, [0] * 200000)
write("12-most-random", 3, uniform(200000, -9, 9))
