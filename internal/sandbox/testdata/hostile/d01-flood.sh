# try: floods standard output from a shell's loop
# want: OLE or TLE
# limits: cpu=1s wall=10s output=64KiB
while :; do echo "ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok"; done
