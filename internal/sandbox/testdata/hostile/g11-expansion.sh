# try: expands braces to a hundred million words when it runs
# want: MLE or TLE or RE
# limits: cpu=500ms memory=64MiB wall=4s
echo {1..100000000}{a..z} > /dev/null
