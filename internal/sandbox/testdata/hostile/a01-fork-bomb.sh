# try: the classic shell fork bomb, waited for
# want: TLE or RE
# limits: cpu=300ms wall=1s processes=32
bomb() { bomb | bomb & }
bomb
wait
sleep 100
