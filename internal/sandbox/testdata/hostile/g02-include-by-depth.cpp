// try: includes itself 2^26 times within every depth limit, by counting
// want: CE
// limits: compile=1s
#if __INCLUDE_LEVEL__ < 26
#include __FILE__
#include __FILE__
#elif __INCLUDE_LEVEL__ == 0
int main() {}
#endif
