// try: links libraries by paths and options in their names
// want: CE
// limits: compile=10s
// log: !uid=
#[link(name = ":/etc/shadow", kind = "static")]
#[link(name = "x -Wl,-plugin,/code/evil.so", kind = "dylib")]
extern "C" {
    fn evil();
}
fn main() {
    unsafe { evil() }
}
