// try: has the compiler compute for ever in a constant
// want: CE
// limits: compile=1s
const fn burn() -> u64 {
    let mut i = 0u64;
    while i < u64::MAX {
        i += 1;
    }
    i
}
const BURNT: u64 = burn();
fn main() {
    println!("{}", BURNT);
}
