# try: computes for ever in an interpreter
# want: TLE
# limits: cpu=100ms wall=10s
while True:
    pass
