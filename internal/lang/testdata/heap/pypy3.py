n = int(input())
held = [bytearray(1 << 20) for _ in range(n)]
print(len(held))
