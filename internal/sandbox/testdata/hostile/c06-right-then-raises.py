# try: prints the right answer and raises what nobody catches
# want: RE
# log: ZeroDivisionError
print("ok")
1 // 0
