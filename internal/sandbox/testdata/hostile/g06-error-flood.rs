// try: prints an error for each of thousands of calls of a macro, and then thousands of unused names
// want: CE
// limits: compile=4s
macro_rules! ten { ($($x:tt)*) => { $($x)* $($x)* $($x)* $($x)* $($x)* $($x)* $($x)* $($x)* $($x)* $($x)* }; }
fn main() {
    ten! { ten! { ten! { let a_name_that_is_long_enough_to_matter_when_it_is_printed_often: u8 = "no number"; } } }
}
