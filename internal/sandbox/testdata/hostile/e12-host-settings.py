# try: reads files of the host that everybody or a group may read there: settings, package database, logs, caches
# want: AC
import glob
import os

patterns = """/etc/sudoers* /etc/ssl/* /etc/ssh/* /etc/apt/* /etc/cron* /etc/systemd/* /etc/default/* /etc/init.d/* /etc/pam.d/* /etc/resolv.conf
/etc/fstab /etc/mtab /etc/hostname /etc/machine-id /etc/timezone /etc/os-release /etc/docker/* /etc/deemster* /etc/mysql/* /etc/nats*
/var/lib/dpkg/* /var/cache/[!d]* /var/log/* /var/backups/* /var/tmp/* /run/* /boot/* /home/* /root/* /srv/* /lost+found/* /sys/* /sys/fs/cgroup/*""".split()
# A container's engine brings three files of its own and masks /sys; they name the container and nothing else.
own = {"/etc/hostname", "/etc/resolv.conf", "/etc/mtab", "/etc/os-release", "/etc/timezone"} if os.path.exists("/etc/debian_version") else set()
found = []
for pattern in patterns:
    for path in glob.glob(pattern):
        if path in own or own and path.startswith(("/sys/", "/var/lib/dpkg", "/etc/ssl", "/etc/apt", "/etc/cron", "/etc/default", "/etc/init.d", "/etc/pam.d", "/etc/systemd", "/var/cache", "/run")):
            continue
        try:
            if os.path.isdir(path) and os.listdir(path) or os.path.isfile(path) and open(path, "rb").read(1):
                found.append(path)
        except OSError:
            pass
print(*[f"readable: {p}" for p in found] or ["ok"], sep="\n")
