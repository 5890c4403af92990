// want: wall
// limits: wall=300ms
#include <signal.h>
#include <stdio.h>
int main(void) { puts("right"); fflush(stdout); kill(0, SIGSTOP); return 0; }
