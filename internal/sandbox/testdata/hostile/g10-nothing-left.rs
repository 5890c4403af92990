// try: looks at run time for what the compiler's jobs left in processes and temporary directories
// want: AC
use std::fs::read_dir;

fn main() {
    let mut left = Vec::new();
    for dir in ["/tmp", "/scratch", "/dev/shm"] {
        for e in read_dir(dir).into_iter().flatten().flatten() {
            left.push(e.path());
        }
    }
    for e in read_dir("/code").unwrap().flatten() {
        if e.file_name() != "main.rs" && e.file_name() != "program" {
            left.push(e.path());
        }
    }
    for e in read_dir("/proc").into_iter().flatten().flatten() {
        let pid: u32 = e.file_name().to_string_lossy().parse().unwrap_or(0);
        if pid > 1 && pid != std::process::id() {
            left.push(e.path());
        }
    }
    if left.is_empty() {
        println!("ok");
    } else {
        println!("{:?}", left);
    }
}
