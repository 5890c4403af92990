import os
os.write(2, b"customised")
os._exit(0)
