// try: computes for ever
// want: TLE
// limits: cpu=300ms wall=10s
use std::sync::atomic::{AtomicU64, Ordering};

fn main() {
    let n = AtomicU64::new(0);
    loop {
        n.fetch_add(1, Ordering::Relaxed);
    }
}
