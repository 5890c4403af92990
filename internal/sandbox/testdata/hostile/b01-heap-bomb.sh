# try: a word that doubles until there is no memory
# want: MLE or RE
# limits: cpu=5s memory=64MiB wall=20s
word=x
while :; do word=$word$word; done
