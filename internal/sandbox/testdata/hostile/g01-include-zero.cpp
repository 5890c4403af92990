// try: includes /dev/zero: the compiler takes memory until there is none
// want: CE
// limits: compile=3s
#include "/dev/zero"
int main() {}
