fn main() {
    println!("ok");
}
// ÿşÀ€í €õ
