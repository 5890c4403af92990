# try: greps everything outside the toolchains for the word the answer begins with; AC would mean that it was found
# want: WA
# answer: sesame-0d5e77
# limits: cpu=3s wall=10s
echo "bait sesame-000000" > bait
[ "$(grep -rhao 'sesame-[0-9a-f]*' /scratch)" = sesame-000000 ] || exit 4
rm bait
found=$(for top in /* /proc/1/root /proc/self/cwd/..; do
    case $top in /usr|/opt|/code|/cache|/proc|/sys|/dev|/bin|/sbin|/lib*) continue ;; esac
    grep -rhao -D skip --exclude-dir={usr,opt,code,cache,proc,sys,dev} 'sesame-[0-9a-f]*' "$top"
done 2>/dev/null | head -n 1)
echo "${found:-nothing}"
