// try: includes the compiler's standard input, by three names; it would wait for ever, or read what is meant for somebody else
// want: AC or CE
// input: no C at all\n
#include "/dev/stdin"
#include "/proc/self/fd/0"
#include "/dev/fd/0"
#include <stdio.h>
int main(void) { puts("ok"); }
