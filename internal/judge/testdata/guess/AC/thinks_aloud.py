import sys
low, high = 1, 1000
while True:
    guess = (low + high) // 2
    print("thinking " * 10000, file=sys.stderr)
    print(guess, flush=True)
    said = input()
    if said == "correct":
        break
    if said == "higher":
        low = guess + 1
    else:
        high = guess - 1
