# Jobs, pipes, files and traps of the shell, and the tools that scripts use.
set -eu
[ "$(printf 'b\na\n' | sort | head -1)" = a ]
(sleep 0.01; exit 3) & wait $! || [ $? = 3 ]
dir=$(mktemp -d)
echo text >"$dir/a"
cp -a "$dir/a" "$dir/b"
cp -r "$dir" "$dir-2"
install -m 755 "$dir/a" "$dir/c"
mv "$dir/b" "$dir/d"
ln -s d "$dir/e"
tar -C "$dir" -cf "$dir-2/t.tar" .
ls -la "$dir" >/dev/null
[ "$(find "$dir" -type f | wc -l)" = 3 ]
sync "$dir/a"
rm -r "$dir" "$dir-2"
trap 'echo ok' EXIT
read -t 0.01 _ < <(sleep 1) || :
cat <<<hello | tr a-z A-Z | grep -q HELLO
