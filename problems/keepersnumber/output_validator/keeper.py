"""Thinks of the number in the input and answers 20 guesses."""
import re
import sys

GUESSES = 20
GUESS = re.compile(r"[1-9][0-9]{0,6}")


def end(status, message):
    with open(sys.argv[3] + "judgemessage.txt", "w") as f:
        f.write(message + "\n")
    sys.exit(status)


def say(word):
    try:
        print(word, flush=True)
    except BrokenPipeError:
        pass  # the mate has gone; what he said last counts


number = int(open(sys.argv[1]).read())
for i in range(GUESSES):
    line = sys.stdin.readline(100)
    guess = line.strip()
    if not line:
        end(43, f"no more guesses after {i}")
    if not GUESS.fullmatch(guess) or int(guess) > 10**6:
        end(43, f"guess {i + 1} is no number from 1 to 1000000: {guess!r}")
    if int(guess) == number:
        say("it")
        if sys.stdin.read(1000).strip():
            end(43, "something is said behind the right guess")
        end(42, f"found with {i + 1} guesses")
    say("lower" if number < int(guess) else "higher")
end(43, f"not found with {GUESSES} guesses")
