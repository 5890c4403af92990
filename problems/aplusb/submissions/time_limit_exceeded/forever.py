# Never ends: subtracts from b until it is 0, also when it is negative already.
a, b = map(int, input().split())
while b != 0:
    a, b = a + 1, b - 1
print(a)
