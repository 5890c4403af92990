// try: is a library, whose file would be taken for the executable
// want: RE or CE
// limits: compile=10s
#![crate_type = "lib"]
pub fn main() {
    println!("ok");
}
