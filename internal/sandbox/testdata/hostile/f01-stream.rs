// try: connects and binds by Rust's standard library, in threads
// want: AC
use std::net::{TcpListener, TcpStream, ToSocketAddrs, UdpSocket};
use std::os::unix::net::UnixStream;
use std::time::Duration;

fn main() {
    let mut reached = Vec::new();
    for to in ["127.0.0.1:8080", "[::1]:8080", "169.254.169.254:80", "8.8.8.8:53"] {
        let address = to.to_socket_addrs().unwrap().next().unwrap();
        if TcpStream::connect_timeout(&address, Duration::from_millis(200)).is_ok() {
            reached.push(format!("tcp {to}"));
        }
        for own in ["0.0.0.0:0", "[::]:0"] {
            // A datagram to a loopback of its own goes nowhere.
            if !address.ip().is_loopback() && UdpSocket::bind(own).and_then(|s| s.send_to(b"x", address)).is_ok() {
                reached.push(format!("udp {to}"));
            }
        }
    }
    if "example.com:80".to_socket_addrs().is_ok() {
        reached.push("name".to_string());
    }
    if UnixStream::connect("/run/docker.sock").is_ok() {
        reached.push("docker".to_string());
    }
    let _listener = TcpListener::bind("0.0.0.0:34568"); // heard by nobody, if it can be had
    println!("{}", if reached.is_empty() { "ok".to_string() } else { reached.join(" ") });
}
