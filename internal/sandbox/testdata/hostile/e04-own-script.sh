# try: rewrites the script while the shell reads it, and plants files that shells execute at their start
# want: AC
# runs: 2
bad=
for f in "$0" /code/main.sh /code/x.sh /bin/bash /usr/bin/env /etc/profile /etc/bash.bashrc; do
    { echo 'echo changed' >> "$f"; } 2>/dev/null && bad="$bad $f"
    { : > "$f"; } 2>/dev/null && bad="$bad $f"
done
sed -i 's/ok/no/' "$0" 2>/dev/null && bad="$bad sed"
mv "$0" "$0~" 2>/dev/null && bad="$bad mv"
rm -f "$0" 2>/dev/null && bad="$bad rm"
for f in .bashrc .profile .bash_profile .bash_login .inputrc .bash_env; do
    [ -e ~/$f ] && bad="$bad $f-of-the-last-run"
    echo 'echo the last run runs on' > ~/$f
done
export BASH_ENV=~/.bash_env ENV=~/.bash_env
echo "${bad:-ok}"
