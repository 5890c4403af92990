// try: includes every descriptor that the compiler may have been left with
// want: AC
#include <cstdio>
#if __has_include("/proc/self/fd/10") || __has_include("/proc/self/fd/11") || __has_include("/proc/self/fd/12") || __has_include("/proc/self/fd/13") || __has_include("/proc/self/fd/14") || __has_include("/proc/self/fd/15") || __has_include("/proc/self/fd/20") || __has_include("/proc/self/fd/30")
int main() { std::puts("a descriptor was left"); }
#else
int main() { std::puts("ok"); }
#endif
