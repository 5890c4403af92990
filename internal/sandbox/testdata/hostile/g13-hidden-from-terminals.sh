# try: hides what it does behind carriage returns and escapes, for who prints it in a terminal; it is judged by what it does
# want: AC
echo ok # [2K[1Aecho nothing evil
