# try: asks for host name, users, processors' serials, uptime tables and interfaces, to find out which machine it is on
# want: AC
import os
import pwd
import socket

bad = []
name = socket.gethostname()
if "." in name or len(name) > 16:  # a box's name, or a container's id
    bad.append(f"host name {name}")
if [u.pw_name for u in pwd.getpwall() if u.pw_uid >= 1000 and u.pw_name not in ("nobody",)]:
    bad.append("users of the host")
for path in ("/etc/hostname", "/etc/machine-id", "/etc/resolv.conf", "/etc/fstab", "/proc/sys/kernel/random/boot_id", "/proc/cmdline"):
    try:
        if open(path).read().strip() not in ("", name):
            bad.append(f"{path} can be read")
    except OSError:
        pass
if [i for _, i in socket.if_nameindex()] if hasattr(socket, "if_nameindex") and os.path.exists("/sys/class/net") else []:
    bad.append("interfaces")
print(*bad or ["ok"], sep="\n")
