// try: makes itself a crate of procedural macros and uses one, so that the compiler loads and runs it
// want: CE or RE
// log: !the macro runs
// limits: compile=10s
#![crate_type = "proc-macro"]
extern crate proc_macro;
use proc_macro::TokenStream;

#[proc_macro]
pub fn evil(_: TokenStream) -> TokenStream {
    eprintln!("the macro runs");
    "println!(\"ok\");".parse().unwrap()
}

pub fn main() {
    println!("ok");
}
