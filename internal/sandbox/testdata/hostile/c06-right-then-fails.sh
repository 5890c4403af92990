# try: prints the right answer and ends with the status of a program that failed
# want: RE
echo ok
false
