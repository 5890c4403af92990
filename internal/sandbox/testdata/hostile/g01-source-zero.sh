# try: reads /dev/zero and /dev/random as scripts when it runs: memory and time are those of the run
# want: MLE or TLE or RE
# limits: cpu=500ms wall=3s memory=64MiB
. /dev/zero
. /dev/random
