names = []
for _ in range(int(input())):
    names.append(" ".join(word.capitalize() for word in input().split()))
width = max(map(len, names))
border = "+" + "-" * (width + 2) + "+"
print(border)
for name in names:
    left = (width - len(name)) // 2
    print("| " + " " * left + name + " " * (width - len(name) - left) + " |")
print(border)
