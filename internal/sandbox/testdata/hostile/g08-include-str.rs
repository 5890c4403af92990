// try: embeds the files that show the compiler's surroundings, and prints what is not the box's own
// want: AC or CE
const SEEN: [&str; 4] = [
    include_str!("/etc/passwd"),
    include_str!("/proc/self/environ"),
    include_str!("/proc/self/mountinfo"),
    include_str!("/proc/self/cgroup"),
];

fn main() {
    let words = ["root:", "/root/", "/home/", "SECRET", "TOKEN", "DEEMSTER", "PASSWORD", "deemster-box"];
    let found: Vec<_> = words.iter().filter(|w| SEEN.iter().any(|s| s.contains(*w))).collect();
    if found.is_empty() && SEEN[0].len() > 10 && SEEN[1].contains("PATH=") {
        println!("ok");
    } else {
        println!("{:?}\n{}", found, SEEN.join("\n"));
    }
}
