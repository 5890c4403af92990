// want: wall
// limits: wall=1s
// Nobody is hit but itself: its parent is outside, so getppid() is 0, and it stops its own group.
#include <signal.h>
#include <unistd.h>
int main(void) { kill(-1, SIGKILL); kill(1, SIGKILL); kill(getppid(), SIGSTOP); return 0; }
