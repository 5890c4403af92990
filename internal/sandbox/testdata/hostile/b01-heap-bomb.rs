// try: boxes until there is no memory
// want: MLE
// limits: memory=64MiB wall=10s
fn main() {
    let mut blocks = Vec::new();
    loop {
        blocks.push(vec![1u8; 1 << 20]);
    }
}
