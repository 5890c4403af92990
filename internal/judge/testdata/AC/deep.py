import sys, threading

sys.setrecursionlimit(200000)


def deep(n):
    return n and 1 + deep(n - 1)


a, b = map(int, input().split())
print(a + b + deep(50000) - 50000)
