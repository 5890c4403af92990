"""Writes data/secret. Run it from anywhere: python3 generate.py"""
import pathlib
import random

SECRET = pathlib.Path(__file__).resolve().parent.parent / "data" / "secret"
LIMIT = 10**18


def write(name, a, b):
    (SECRET / f"{name}.in").write_text(f"{a} {b}\n")
    (SECRET / f"{name}.ans").write_text(f"{a + b}\n")


random.seed(1)
write("01-small", 20, 22)
write("02-zeros", 0, 0)
write("03-opposite", 987654321, -987654321)
write("04-largest", LIMIT, LIMIT)
write("05-smallest", -LIMIT, -LIMIT)
write("06-over-32-bits", 2**31 - 1, 1)
write("07-over-53-bits", 2**53, 1)
write("08-under-53-bits", -(2**53), -1)
write("09-extremes", LIMIT, -LIMIT)
write("10-odd-and-huge", LIMIT - 1, 2)
for number in range(11, 15):
    write(f"{number}-random", random.randint(-LIMIT, LIMIT), random.randint(-LIMIT, LIMIT))
