// try: instantiates a template for ever, each deeper than the last, with a name that doubles
// want: CE
// limits: compile=1s
template <class A, class B> struct Pair { typedef Pair<Pair<A, B>, Pair<B, A>> next; static const int value = next::value; };
int main() { return Pair<int, long>::value; }
