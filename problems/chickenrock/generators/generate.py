"""Writes data/secret, answers by the accepted Python solution: python3 generate.py"""
import pathlib
import random
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOLUTION = ROOT / "submissions" / "accepted" / "round.py"


def write(name, r, journeys):
    text = f"{len(journeys)} {r}\n" + "".join(f"{xa} {ya} {xb} {yb}\n" for xa, ya, xb, yb in journeys)
    answer = subprocess.run([sys.executable, SOLUTION], input=text, capture_output=True, text=True, check=True)
    (ROOT / "data" / "secret" / f"{name}.in").write_text(text)
    (ROOT / "data" / "secret" / f"{name}.ans").write_text(answer.stdout)


def point(r, reach):
    while True:
        x, y = random.randint(-reach, reach), random.randint(-reach, reach)
        if x * x + y * y >= r * r:
            return x, y


def journeys(count, r, reach):
    return [point(r, reach) + point(r, reach) for _ in range(count)]


def scaled(journey, factor):
    return tuple(factor * coordinate for coordinate in journey)


random.seed(8)
write("01-straight", 1, [(1, 1, 3, 3), (5, 5, 2, 2), (7, 0, 7, 9)])
write("02-behind-the-rock", 5, [(-7, 1, 7, 1), (0, 5, 0, -5), (9, -9, -9, 9)])
write("03-touching", 3, [(-4, 3, 4, 3), (3, 0, 0, 3), (3, -5, 3, 5), (3, 0, 3, 1)])
write("04-same-side", 10, [(20, 0, 11, 1), (-10, 0, -20, 0), (12, 3, 24, 6), (11, 3, 110, 30)])
write("05-same-place", 10, [(10, 0, 10, 0), (-77, 31, -77, 31)])
write("06-opposite", 13, [scaled((x, y, -x, -y), f) for x, y in ((5, 12), (13, 1), (17, 19)) for f in (1, 7)])
write("07-on-the-circle", 65, [(16, 63, -16, -63), (33, 56, 52, 39), (-25, 60, 60, -25), (65, 0, 63, 16)])
write("08-largest-circle", 10000, [(10000, 0, -10000, 0), (0, 10000, 10000, 0), (10000, 1, 1, -10000)])
write("09-smallest-circle", 1, journeys(1000, 1, 10) + journeys(500, 1, 10000))
write("10-tight", 9990, journeys(500, 9990, 10000))
write("11-most-near", 60, journeys(8000, 60, 100))
write("12-most-far", 4000, journeys(8000, 4000, 10000))
