import os, sys
print("ok" if not os.path.exists("/scratch/pwned") and os.path.basename(sys.argv[0]).startswith("main.py") else sys.argv)
