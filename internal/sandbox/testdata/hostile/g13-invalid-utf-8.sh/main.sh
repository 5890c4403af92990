if true; then
    echo ok
fi
# ÿþÀ€í €õ
