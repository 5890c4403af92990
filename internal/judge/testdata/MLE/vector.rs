fn main() {
    let mut kept = Vec::new();
    for n in 0..2_000_000u64 {
        kept.push(vec![n; 1024]);
    }
    println!("{}", kept.len());
}
