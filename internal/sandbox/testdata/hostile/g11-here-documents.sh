# try: opens here documents and functions that never end, in the middle of substitutions
# want: CE
x=$(cat <<A
$(cat <<B
${y:-$(cat <<C
f() { f() {
