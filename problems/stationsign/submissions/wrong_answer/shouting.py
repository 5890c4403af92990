# Wrong in case only: leaves the letters as they came.
names = [" ".join(input().split()) for _ in range(int(input()))]
width = max(map(len, names))
border = "+" + "-" * (width + 2) + "+"
print(border)
for name in names:
    left = (width - len(name)) // 2
    print("| " + " " * left + name + " " * (width - len(name) - left) + " |")
print(border)
