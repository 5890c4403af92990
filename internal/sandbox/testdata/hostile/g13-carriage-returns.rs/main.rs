fn main() {
    println!("ok");
}
