// try: makes an executable of two gigabytes of constants
// want: CE
// limits: compile=2s
#[used]
#[no_mangle]
pub static BIG: [u64; 1 << 28] = [0x4141414141414141; 1 << 28];
fn main() {
    println!("{}", BIG[std::env::args().count()]);
}
