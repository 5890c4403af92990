# The first blast says how a long one sounds; the rest are binary digits.
if input() == "send":
    print("L" + f"{int(input()):b}".replace("1", "L").replace("0", "S"))
else:
    blasts = input()
    print(int("".join("1" if blast == blasts[0] else "0" for blast in blasts[1:]), 2))
