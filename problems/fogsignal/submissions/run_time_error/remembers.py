# Fails: leaves the number in a file, which is gone when it is run again.
if input() == "send":
    with open("number", "w") as f:
        f.write(input())
    print("L")
else:
    print(open("number").read())
