// try: includes the compiler's own output and messages, which are pipes that nobody writes to
// want: CE
// limits: compile=1s
#include "/proc/self/fd/1"
#include "/proc/self/fd/2"
#include "/dev/tty"
int main(void) { return 0; }
