// try: includes itself twice, to the depth that the compiler allows: 2^200 times
// want: CE
// limits: compile=1s
#include __FILE__
#include __FILE__
int main(void) { return 0; }
