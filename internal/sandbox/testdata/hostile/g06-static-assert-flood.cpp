// try: prints a message of gigabytes: a failing assertion about a type whose name doubles with each level
// want: CE
// limits: compile=3s
template <class A, class B> struct Pair {};
template <int n> struct Grow { typedef Pair<typename Grow<n - 1>::type, typename Grow<n - 1>::type> type; };
template <> struct Grow<0> { typedef int type; };
template <class T> struct Say { static_assert(sizeof(T) == 0, "no"); };
int main() { Say<Grow<24>::type> say; }
