// try: names itself as its own module, for ever
// want: CE
// limits: compile=5s
#[path = "main.rs"]
mod again;
fn main() {}
