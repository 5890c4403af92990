echo "a startup file runs" >&2
