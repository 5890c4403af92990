# Wrong: puts the rest into a basket of its own, which may hold what another does.
herring = int(input())
baskets = []
size = 1
while herring >= size:
    baskets.append(size)
    herring -= size
    size += 1
if herring:
    baskets.append(herring)
print(len(baskets))
print(*baskets)
