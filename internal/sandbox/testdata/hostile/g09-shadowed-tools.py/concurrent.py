print("the shadow of a tool runs")
import os
os.write(2, b"the shadow of a tool runs")
