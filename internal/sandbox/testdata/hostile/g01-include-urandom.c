// try: includes /dev/urandom, which never ends
// want: CE
// limits: compile=1s
#include "/dev/urandom"
int main(void) { return 0; }
