import sys
print("ok" if "sitecustomize" not in sys.modules else "customised")
