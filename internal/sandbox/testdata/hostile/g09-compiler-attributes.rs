// try: changes by attributes what the compiler makes, under which name, with which linker arguments and plugins
// want: CE
// limits: compile=10s
#![crate_name = "../../usr/bin/evil"]
#![feature(plugin, link_args, rustc_attrs)]
#![plugin(evil)]
#[link_args = "-fplugin=/code/evil.so -Wl,-plugin,/code/evil.so"]
extern "C" {}
fn main() {}
