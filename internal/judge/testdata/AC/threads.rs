use std::io::stdin;
use std::thread;

fn main() {
    let mut line = String::new();
    stdin().read_line(&mut line).unwrap();
    let adders: Vec<_> = line
        .split_whitespace()
        .map(|n| n.parse::<i64>().unwrap())
        .map(|n| thread::spawn(move || (0..n).map(|_| 1).sum::<i64>()))
        .collect();
    println!("{}", adders.into_iter().map(|a| a.join().unwrap()).sum::<i64>());
}
