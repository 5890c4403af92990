// try: names /dev/urandom as the file of a module
// want: CE
// limits: compile=1s
#[path = "/dev/urandom"]
mod noise;
fn main() {}
