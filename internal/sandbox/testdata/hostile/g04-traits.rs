// try: has the compiler prove a bound that needs a bound on twice as large a type, with the recursion limit lifted
// want: CE
// limits: compile=1s
#![recursion_limit = "4000000"]
struct Pair<A, B>(A, B);
trait Deep {}
impl<A, B> Deep for Pair<A, B> where Pair<Pair<A, B>, Pair<B, A>>: Deep {}
fn need<T: Deep>() {}
fn main() {
    need::<Pair<u8, u16>>();
}
