# try: hides commands where a syntax check may evaluate something: substitutions, subscripts, here documents, aliases, functions
# want: AC
# log: !checked
a[$(touch /code/checked; echo checked >&2; echo 0)]=1
cat > /dev/null <<EOF
$(touch /code/checked 2> /dev/null)
EOF
(( b[$(touch /code/checked 2> /dev/null; echo 1)]++ )) || :
alias x='touch /code/checked'
[ -e /code/checked ] && echo "the check ran me" || echo ok
