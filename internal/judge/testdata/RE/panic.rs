fn main() {
    let numbers = vec![20, 22];
    println!("42");
    let index = std::env::args().count() + 7;
    println!("{}", numbers[index]);
}
