"""Writes data/secret, answers by the accepted Python solution: python3 generate.py"""
import pathlib
import random
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOLUTION = ROOT / "submissions" / "accepted" / "cross.py"


def write(name, costs):
    text = f"{len(costs)}\n{' '.join(map(str, costs))}\n"
    answer = subprocess.run([sys.executable, SOLUTION], input=text, capture_output=True, text=True, check=True)
    (ROOT / "data" / "secret" / f"{name}.in").write_text(text)
    (ROOT / "data" / "secret" / f"{name}.ans").write_text(answer.stdout)


def uniform(count, low, high):
    return [random.randint(low, high) for _ in range(count)]


random.seed(6)
write("01-one", [5])
write("02-one-jump", [4, 4])
write("03-three-stones", [1, 1, 1])
write("04-style-costs", [3, 3, 0, 3, 3, 0, 3, 3])
write("05-no-moss", [0] * 10)
write("06-random", uniform(90, 0, 100))
write("07-every-second-free", [9, 0] * 40 + [9])
write("08-sum-over-32-bits", [10**9] * 900)
write("09-traps", [random.choice([0, 0, 1000]) for _ in range(950)])
write("10-random", uniform(5000, 0, 1000))
write("11-most-equal", [1] * 100000)
write("12-most-dear", [999999999 - i % 7 for i in range(50000)])
write("13-most-random", uniform(100000, 0, 999))
