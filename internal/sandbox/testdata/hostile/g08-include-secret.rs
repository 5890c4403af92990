// try: embeds a secret file as bytes
// want: CE
static SHADOW: &[u8] = include_bytes!("/etc/shadow");
fn main() {
    println!("{}", SHADOW.len());
}
