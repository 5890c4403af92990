"""Writes data/secret: python3 generate.py"""
import json
import pathlib
import random

ROOT = pathlib.Path(__file__).resolve().parent.parent


def longest(waves, limit):
    text = "".join("c" if wave <= limit else " " for wave in waves)
    return max(map(len, text.split()), default=0)


def write(name, waves, limit):
    lines = [json.dumps(value, separators=(",", ":")) + "\n" for value in (waves, limit)]
    (ROOT / "data" / "secret" / f"{name}.in").write_text("".join(lines))
    (ROOT / "data" / "secret" / f"{name}.ans").write_text(f"{longest(waves, limit)}\n")


def uniform(count, high):
    return [random.randint(0, high) for _ in range(count)]


random.seed(5)
write("01-none", [], 10)
write("02-all-high", [5, 6, 7], 4)
write("03-all-calm", [4] * 1000, 4)
write("04-at-the-end", [9, 1, 9, 1, 1], 1)
write("05-at-the-start", [1, 1, 1, 9, 1], 1)
write("06-mixed", uniform(2000, 100), 80)
write("07-most-mixed", uniform(20000, 99), 98)
write("08-most-calm", [0] * 20000, 0)
