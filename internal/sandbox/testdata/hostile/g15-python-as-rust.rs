// try: is Python sent as Rust
// want: CE
print("ok")
