// Threads, files, processes and time of Rust's library.
use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

fn main() {
    let (send, receive) = mpsc::channel();
    let threads: Vec<_> = (0..4)
        .map(|i| {
            let send = send.clone();
            thread::spawn(move || send.send(i * i).unwrap())
        })
        .collect();
    threads.into_iter().for_each(|t| t.join().unwrap());
    drop(send);
    assert_eq!(receive.iter().sum::<i32>(), 14);
    thread::sleep(Duration::from_millis(1));

    fs::create_dir_all("/tmp/x/y").unwrap();
    fs::write("/tmp/x/y/a", "text").unwrap();
    fs::copy("/tmp/x/y/a", "/tmp/x/b").unwrap();
    fs::File::open("/tmp/x/b").unwrap().sync_all().unwrap();
    fs::rename("/tmp/x/b", "/tmp/x/c").unwrap();
    assert_eq!(fs::read_dir("/tmp/x").unwrap().count(), 2);
    fs::remove_dir_all("/tmp/x").unwrap();

    let mut cat = Command::new("/bin/cat").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    cat.stdin.take().unwrap().write_all(b"hello").unwrap();
    assert_eq!(cat.wait_with_output().unwrap().stdout, b"hello");
    println!("ok");
}
