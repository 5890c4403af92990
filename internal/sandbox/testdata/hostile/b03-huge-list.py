# try: a list of 2^33 numbers, and a terabyte of zeros
# want: RE or MLE
# limits: memory=64MiB wall=10s
try:
    zeros = bytearray(1 << 40)
except MemoryError:
    pass
numbers = [0] * (1 << 33)
print(len(numbers))
