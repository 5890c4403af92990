// try: continues a comment by a backslash and by a trigraph, so that readers see other code than the compiler
// want: AC
#include <cstdio>
int main() {
    // is the next line code? ??/
    std::puts("ok");
    // and this one? \
    std::puts("no");
}
