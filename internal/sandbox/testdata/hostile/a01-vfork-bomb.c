// try: makes processes that share memory, by clone, as fast as it can; no memory limit would slow them
// want: TLE
// limits: cpu=500ms wall=10s
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
static int child(void *unused) { (void)unused; for (;;); }
int main(void)
{
	for (;;)
		clone(child, (char *)malloc(8192) + 8192, CLONE_VM | CLONE_FS | SIGCHLD, 0);
}
