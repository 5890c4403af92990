// try: includes /dev/zero as bytes: the compiler takes memory until there is none
// want: CE
// limits: compile=5s
static ZERO: &[u8] = include_bytes!("/dev/zero");
fn main() {
    println!("{}", ZERO.len());
}
