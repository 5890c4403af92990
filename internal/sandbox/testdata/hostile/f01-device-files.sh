# try: opens connections by the shell's own names /dev/tcp and /dev/udp, and by whatever tools are installed
# want: AC
# limits: cpu=2s wall=10s
bad=
for to in tcp/127.0.0.1/8080 tcp/127.0.0.1/22 udp/10.0.0.1/53 tcp/169.254.169.254/80 udp/8.8.8.8/53 tcp/localhost/4222; do
    { timeout 0.3 bash -c "echo x > /dev/$to"; } 2>/dev/null && bad="$bad $to"
done
for tool in 'curl -sm1 http://127.0.0.1:8080/' 'wget -qT1 -t1 -O- http://127.0.0.1:8080/' 'nc -zw1 127.0.0.1 22' 'ping -c1 -W1 10.0.0.1' \
    'ssh -oConnectTimeout=1 127.0.0.1' 'git ls-remote http://127.0.0.1:8080/' 'getent hosts example.com' 'ip link add x type dummy'; do
    command -v ${tool%% *} >/dev/null && timeout 1 $tool >/dev/null 2>&1 </dev/null && bad="$bad [$tool]"
done
echo "${bad:-ok}"
