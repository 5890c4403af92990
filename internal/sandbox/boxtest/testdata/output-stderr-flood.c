// want: cpu or wall
// limits: cpu=300ms wall=1s
// Standard error is read and thrown away: it blocks nobody and decides nothing.
#include <unistd.h>
static char block[1 << 16];
int main(void) { for (;;) write(2, block, sizeof block); }
