# try: becomes root in a user namespace by the tools that are made for it
# want: AC
# limits: cpu=2s wall=6s
bad=
for try in 'unshare -Ur' 'unshare -Urm' 'unshare -Urn' 'unshare -Urpf' 'unshare -m' 'unshare -n' 'unshare -i' 'unshare -C' 'unshare -T' \
    'setpriv --reuid 0' 'bwrap --bind / / --unshare-user --uid 0' 'podman unshare' 'nsenter -U -t 1' 'nsenter -m -t 1' 'setarch -R'; do
    command -v ${try%% *} >/dev/null || continue
    out=$($try sh -c 'id -u; mount -t tmpfs x /scratch && echo mounted' 2>/dev/null </dev/null)
    case "$out" in *mounted*|0*) bad="$bad [$try]" ;; esac
done
echo "${bad:-ok}"
