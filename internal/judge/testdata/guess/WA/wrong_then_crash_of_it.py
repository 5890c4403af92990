# The answer does not come, and that it cannot stand.
print(0, flush=True)
input()
