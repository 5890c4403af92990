// try: includes /dev/random, which never ends
// want: CE
// limits: compile=1s
#include "/dev/random"
int main(void) { return 0; }
