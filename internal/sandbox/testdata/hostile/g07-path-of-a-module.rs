// try: names secret files as modules, so that the error messages quote them
// want: CE
// log: !root:
#[path = "/etc/passwd"]
mod users;
#[path = "/etc/shadow"]
mod secrets;
#[path = "/proc/self/environ"]
mod environment;
fn main() {}
