"""Writes data/secret, answers by the accepted Python solution: python3 generate.py"""
import pathlib
import random
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOLUTION = ROOT / "submissions" / "accepted" / "merge.py"


def write(name, heights):
    text = f"{len(heights)}\n{' '.join(map(str, heights))}\n"
    answer = subprocess.run([sys.executable, SOLUTION], input=text, capture_output=True, text=True, check=True)
    (ROOT / "data" / "secret" / f"{name}.in").write_text(text)
    (ROOT / "data" / "secret" / f"{name}.ans").write_text(answer.stdout)


def uniform(count, high):
    return [random.randint(1, high) for _ in range(count)]


random.seed(11)
write("1/01-one", [7])
write("1/02-all-alike", [3] * 100)
write("1/03-falling", list(range(100, 0, -1)))
write("1/04-mixed", uniform(90, 10**9))
write("2/01-rising", list(range(1, 2001)))
write("2/02-mixed", uniform(2000, 10**9))
write("2/03-few-heights", uniform(2000, 5))
write("3/01-falling", list(range(40000, 0, -1)))
write("3/02-mixed", uniform(40000, 9999))
write("3/03-few-heights", uniform(40000, 3))
