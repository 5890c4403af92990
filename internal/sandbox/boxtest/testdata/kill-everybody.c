// want: wall or exit 0
// limits: wall=1s
// Nobody is hit but itself. Where its parent is outside, getppid() is 0, and it stops its own group;
// where the parent is the first process of the box, that cannot be hit.
#include <signal.h>
#include <unistd.h>
int main(void) { kill(-1, SIGKILL); kill(1, SIGKILL); kill(getppid(), SIGSTOP); return 0; }
