# Wrong: cuts off a third at a time, which takes too many guesses.
low, high = 1, 10**6
while True:
    guess = low + (high - low) // 3
    print(guess, flush=True)
    word = input()
    if word == "it":
        break
    if word == "lower":
        high = guess - 1
    else:
        low = guess + 1
