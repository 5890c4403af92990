"""Writes data/secret, answers by the accepted Python solution: python3 generate.py"""
import pathlib
import random
import string
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOLUTION = ROOT / "submissions" / "accepted" / "board.py"


def write(name, names):
    text = f"{len(names)}\n" + "".join(line + "\n" for line in names)
    answer = subprocess.run([sys.executable, SOLUTION], input=text, capture_output=True, text=True, check=True)
    (ROOT / "data" / "secret" / f"{name}.in").write_text(text)
    (ROOT / "data" / "secret" / f"{name}.ans").write_text(answer.stdout)


def word(length):
    return "".join(random.choice(string.ascii_letters) for _ in range(length))


def name(longest, spaces):
    text = word(random.randint(1, 9))
    while True:
        more = " " * random.randint(1, spaces) + word(random.randint(1, 9))
        if len(text) + len(more) > longest or random.random() < 0.2:
            return text
        text += more


random.seed(2)
write("01-one-letter", ["q"])
write("02-two-words", ["SoUTh  CApe", "groudle GLEN", "X"])
write("03-odd-and-even", ["a", "bb", "ccc", "dddd", "eeeee"])
write("04-even-and-odd", ["ab", "a", "abcdef", "abc", "abcde"])
write("05-same-length", ["baldrine", "MINORCAS", "laxey xx"])
write("06-all-upper", ["PORT ERIN", "PORT ST MARY", "CASTLETOWN", "BALLASALLA"])
write("07-all-lower", ["port soderick", "santon", "ronaldsway", "colby"])
write("08-long-word", [word(60), word(59), word(1)])
write("09-widest-gap", ["a" + " " * 58 + "z", "a" + " " * 57 + "zz", "b"])
write("10-letters-apart", [" ".join("manxelectric"), "snaefell"])
write("11-random", [name(60, 1) for _ in range(100)])
write("12-random-gaps", [name(60, 6) for _ in range(100)])
