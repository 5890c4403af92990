# Wrong: forgets that a balance may be negative.
a, b = (int(word.lstrip("-")) for word in input().split())
print(a + b)
