# try: runs every program with set-user-id or set-group-id that the toolchain's directories hold, to become somebody else
# want: AC
# limits: cpu=4s wall=12s
bad=
[ "$(id -u)" != 0 ] || bad="I am root"
n=0
for program in $(find -L /bin /sbin /usr/bin /usr/sbin /usr/lib/openssh /usr/lib/dbus-1.0 -maxdepth 1 -perm /6000 -type f 2>/dev/null | sort -u); do
    n=$((n + 1))
    cat "$program" > copy 2>/dev/null && chmod 6777 copy 2>/dev/null # a copy is ours, and gains nothing
done
for try in 'su -c id' 'su root -c id' 'sudo -n id' 'pkexec id' 'newgrp root' 'sg root id' 'mount -t tmpfs x /scratch' 'umount /code' \
    'chsh -s /bin/sh' 'passwd -d root' 'newuidmap 1 0 0 1' 'crontab -l' 'at now' 'unshare -r id -u' 'unshare -Ur id -u' 'chroot / id' 'nsenter -t 1 -m id'; do
    command -v ${try%% *} >/dev/null || continue
    out=$(echo 'id -u' | timeout 1 $try 2>/dev/null)
    case $out in 0|*uid=0*) bad="$bad [$try]" ;; esac
done
[ -e /scratch/copy ] && [ "$(./copy -c 'id -u' </dev/null 2>/dev/null)" = 0 ] && bad="$bad [copy]"
echo "${bad:-ok}"
