low, high = 1, 10**6
while True:
    guess = (low + high) // 2
    print(guess, flush=True)
    word = input()
    if word == "it":
        break
    if word == "lower":
        high = guess - 1
    else:
        low = guess + 1
