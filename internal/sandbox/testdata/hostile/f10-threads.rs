// try: nothing evil: threads, children and files of Rust must work, though calls that it tries first are refused
// want: AC
use std::process::Command;
use std::thread;

fn main() {
    let threads: Vec<_> = (0..20).map(|n| thread::spawn(move || n)).collect();
    let total: i32 = threads.into_iter().map(|t| t.join().unwrap()).sum();
    let child = Command::new("/bin/echo").arg("child").output().unwrap();
    std::fs::write("/scratch/file", &child.stdout).unwrap();
    println!("{}", if total == 190 && child.stdout == b"child\n" { "ok" } else { "no" });
}
