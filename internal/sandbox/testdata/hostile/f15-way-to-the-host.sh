# try: looks for the ways out that badly set up containers leave: engines' sockets, host disks, shared process tables, other containers' files
# want: AC
bad=
for s in /run/docker.sock /var/run/docker.sock /run/podman/podman.sock /run/containerd/containerd.sock /run/crio/crio.sock /host /rootfs /mnt/host /var/lib/docker /var/lib/kubelet /.dockerinit; do
    [ -e "$s" ] && bad="$bad $s"
done
[ -z "$(find / -xdev -type s -not -path '/scratch/*' -not -path '/proc/*' 2>/dev/null | head -n 1)" ] || bad="$bad a-socket"
[ -z "$(find /dev -type b 2>/dev/null | head -n 1)" ] || bad="$bad a-disk"
[ -r /proc/1/environ ] && [ -n "$(tr -d '\0' < /proc/1/environ 2>/dev/null)" ] && bad="$bad environment-of-1"
[ "$(ls -d /proc/[0-9]* 2>/dev/null | wc -l)" -lt 12 ] || bad="$bad processes"
grep -q 'CapEff:.*[1-9a-f]' /proc/self/status && bad="$bad capabilities"
echo "${bad:-ok}"
