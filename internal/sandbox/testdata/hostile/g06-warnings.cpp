// try: prints a warning with its whole chain of instantiations for each of thousands of templates
// want: CE or AC
// limits: compile=3s
#include <cstdio>
template <int n> struct Warn {
    [[deprecated("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]] static int old() { return n; }
    static int value() { return old() + Warn<n - 1>::value(); }
};
template <> struct Warn<0> { static int value() { return 0; } };
int main() { std::puts(Warn<800>::value() ? "ok" : "no"); }
