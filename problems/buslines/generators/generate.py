"""Writes data/secret, answers by the accepted Python solution: python3 generate.py"""
import pathlib
import random
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOLUTION = ROOT / "submissions" / "accepted" / "dijkstra.py"
MOST = 160000  # stops on all lines together


def write(name, n, lines):
    """Writes a test; a line is its minutes and the list of its stops."""
    text = f"{n} {len(lines)}\n"
    for minutes, stops in lines:
        text += f"{len(stops)} {minutes} {' '.join(map(str, stops))}\n"
    answer = subprocess.run([sys.executable, SOLUTION], input=text, capture_output=True, text=True, check=True)
    (ROOT / "data" / "secret" / f"{name}.in").write_text(text)
    (ROOT / "data" / "secret" / f"{name}.ans").write_text(answer.stdout)


def walk(n, length):
    """Stops drawn at random, no two in a row the same."""
    stops = [random.randint(1, n)]
    while len(stops) < length:
        stop = random.randint(1, n)
        if stop != stops[-1]:
            stops.append(stop)
    return stops


def tangle(n, total, lengths, slowest):
    """Random lines with a total number of stops."""
    lines = []
    while total >= lengths[1]:
        length = random.randint(*lengths)
        lines.append((random.randint(1, slowest), walk(n, length)))
        total -= length
    return lines


def grid(width, height, slowest):
    """Streets east to west and north to south; stop 1 is a corner."""
    rows = [[y * width + x + 1 for x in range(width)] for y in range(height)]
    lines = [(random.randint(1, slowest), row) for row in rows]
    lines += [(random.randint(1, slowest), list(column)) for column in zip(*rows)]
    random.shuffle(lines)
    return lines


def renumbered(n, lines):
    """The same lines with all stops but 1 renumbered at random."""
    names = [0, 1] + random.sample(range(2, n + 1), n - 1)
    return [(minutes, [names[stop] for stop in stops]) for minutes, stops in lines]


def ladder(n):
    """A slow express from 1 to every stop of a fast chain: each estimate improves again and again."""
    chain = list(range(2, n + 1))
    return [(1, chain)] + [(3 * (n - stop), [1, stop]) for stop in range(n, 2, -1)] + [(1, [1, 2])]


random.seed(10)
write("01-one-stop-away", 2, [(7, [1, 2])])
write("02-nowhere-to-go", 3, [(1, [2, 3])])
write("03-no-time", 5, [(0, [1, 2, 3, 4, 5])])
write("04-detour-is-faster", 4, [(10, [1, 4]), (3, [1, 2, 3, 4])])
write("05-against-the-line", 5, [(2, [5, 4, 3, 2, 1])])
write("06-circle", 6, [(5, [1, 2, 3, 4, 5, 6, 1]), (1, [4, 2, 4, 2])])
write("07-longest-times", 300, [(10**9, list(range(1, 301)))])
write("08-small-tangle", 30, tangle(30, 60, (2, 5), 50))
write("09-halves", 2000, tangle(1000, 4000, (2, 30), 1000))
write("10-ladder", 2000, ladder(2000))
write("11-chain", 100000, renumbered(100000, [(999999, list(range(100000, 0, -1)))]))
write("12-tangle", 60000, tangle(60000, 130000, (2, 12), 999))
write("13-grid", 77841, renumbered(77841, grid(279, 279, 99)))
write("14-short-lines", 40000, [(50, [1, 2])] + tangle(40000, 96000, (2, 2), 99))
