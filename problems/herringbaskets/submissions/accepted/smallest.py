herring = int(input())
baskets = []
size = 1
while herring >= size:
    baskets.append(size)
    herring -= size
    size += 1
baskets[-1] += herring  # the last is the largest and stays so
print(len(baskets))
print(*baskets)
