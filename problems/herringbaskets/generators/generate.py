"""Writes data/secret, answers by the accepted Python solution: python3 generate.py"""
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOLUTION = ROOT / "submissions" / "accepted" / "smallest.py"


def write(name, herring):
    text = f"{herring}\n"
    answer = subprocess.run([sys.executable, SOLUTION], input=text, capture_output=True, text=True, check=True)
    (ROOT / "data" / "secret" / f"{name}.in").write_text(text)
    (ROOT / "data" / "secret" / f"{name}.ans").write_text(answer.stdout)


write("01-one", 1)
write("02-two", 2)
write("03-triangle", 10)
write("04-one-more", 11)
write("05-one-less", 9)
write("06-hundreds", 777)
write("07-large-triangle", 1413 * 1414 // 2)
write("08-most", 10**6)
