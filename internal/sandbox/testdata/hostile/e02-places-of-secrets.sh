# try: opens the places where hosts keep submissions, settings, keys and tokens; none may be there
# want: AC
bad=
for path in /root /home /var/[!cl]* /var/l[!i]* /var/lib/[!g]* /var/cache/[!d]* /srv /run /mnt /media /boot /sys /lost+found /.dockerenv /run/.containerenv /data \
    /etc/shadow /etc/gshadow /etc/ssl/private /etc/ssh /etc/machine-id /etc/deemster /etc/environment /etc/crontab \
    /etc/krb5.keytab /etc/mysql /var/lib/deemster /var/lib/docker /var/log /var/mail /var/spool /tmp/systemd-private \
    /run/secrets /run/docker.sock /var/run/docker.sock /run/containerd /run/systemd /run/user /run/credentials \
    /proc/1/environ /proc/1/cmdline /proc/config.gz /proc/kcore /proc/kmsg /dev/mem /dev/kmsg /dev/sda /dev/vda /dev/nvme0 \
    ~/.ssh ~/.aws ~/.config ~/.netrc ~/.docker ~/.kube ~/.bash_history ~/../root; do
    [ "$path" = /proc/1/cmdline ] && [ ! -e /proc/1 ] && continue
    if { [ -d "$path" ] && [ -n "$(ls -A "$path" 2>/dev/null)" ]; } || { [ ! -d "$path" ] && [ -r "$path" ]; }; then
        echo "readable: $path"
        bad=1
    fi
done
# The test itself must be able to tell.
[ -n "$(ls -A /usr/bin)" ] && [ -r /etc/passwd ] || bad=1
[ -n "$bad" ] || echo ok
