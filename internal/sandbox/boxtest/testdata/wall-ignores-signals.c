// want: wall
// limits: wall=300ms
#include <signal.h>
#include <unistd.h>
int main(void) { for (int s = 1; s < 65; s++) signal(s, SIG_IGN); for (;;) pause(); }
