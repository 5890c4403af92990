// try: arrays until there is no memory; the machine ends itself when its own heap is full
// want: RE or MLE
// limits: memory=64MiB wall=10s
const blocks = [];
for (;;) blocks.push(new Array(1 << 17).fill(blocks.length + 0.5));
