# try: floods standard output from an interpreter
# want: OLE
# limits: wall=10s
while True:
    print("ok" * 10000)
