# Wrong: blows as often as the number says, which is too much.
if input() == "send":
    print("L" * min(50, int(input()) + 1))
else:
    print(len(input()) - 1)
