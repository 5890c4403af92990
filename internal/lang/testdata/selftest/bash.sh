sum=0
while read -r -a numbers || [ ${#numbers[@]} -gt 0 ]; do
    for n in "${numbers[@]}"; do
        ((sum += n))
    done
done
echo "$sum"
