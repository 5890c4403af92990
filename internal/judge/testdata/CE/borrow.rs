fn main() {
    let text = String::from("42");
    let other = text;
    println!("{text} {other}");
}
