"""Writes data/secret, answers by the accepted Python solution: python3 generate.py"""
import pathlib
import random
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOLUTION = ROOT / "submissions" / "accepted" / "pairs.py"


def write(name, limit, weights):
    text = f"{len(weights)} {limit}\n{' '.join(map(str, weights))}\n"
    answer = subprocess.run([sys.executable, SOLUTION], input=text, capture_output=True, text=True, check=True)
    (ROOT / "data" / "secret" / f"{name}.in").write_text(text)
    (ROOT / "data" / "secret" / f"{name}.ans").write_text(answer.stdout)


def uniform(count, low, high):
    return [random.randint(low, high) for _ in range(count)]


random.seed(3)
write("01-one", 1, [1])
write("02-exact-pair", 100, [1, 99])
write("03-pair-too-heavy", 100, [2, 99])
write("04-neighbours-do-not-fit", 10, [1, 2, 8, 9])
write("05-odd", 10, [5, 5, 5])
write("06-small", 20, uniform(15, 1, 20))
write("07-largest-weights", 10**9, [10**9] * 400)
write("08-halves", 10**9, [5 * 10**8] * 999)
write("09-hundreds", 1000, uniform(900, 1, 1000))
write("10-thousands", 10**6, uniform(5000, 1, 10**6))
write("11-most-all-light", 10, [1] * 100000)
write("12-most-mixed", 999, uniform(100000, 1, 999))
write("13-heavy", 10**6, uniform(40000, 10**5, 10**6))
