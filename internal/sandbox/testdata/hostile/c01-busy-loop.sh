# try: computes for ever in a shell
# want: TLE
# limits: cpu=300ms wall=10s
while :; do :; done
