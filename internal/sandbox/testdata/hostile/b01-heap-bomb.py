# try: a list of byte strings until there is no memory
# want: MLE
# limits: memory=64MiB wall=10s
blocks = []
while True:
    blocks.append(b"x" * (1 << 20) + bytes([len(blocks) % 256]))
