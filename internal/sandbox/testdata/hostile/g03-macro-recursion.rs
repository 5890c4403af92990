// try: doubles tokens by a macro that calls itself, with the recursion limit lifted
// want: CE
// limits: compile=1s
#![recursion_limit = "1000000"]
macro_rules! grow {
    ($($x:tt)*) => { grow!($($x)* $($x)*) };
}
fn main() {
    grow!(a b c d e f g h);
}
