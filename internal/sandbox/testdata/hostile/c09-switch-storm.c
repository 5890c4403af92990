// try: pairs of processes wake one another through pipes as often as can be, and interrupt the other processors
// want: TLE
// limits: cpu=1s wall=20s
#define _GNU_SOURCE
#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <unistd.h>
int main(void)
{
	char c = 0;
	int there[2], back[2];
	for (int i = 0; i < 3; i++)
		fork();
	if (pipe(there) != 0 || pipe(back) != 0)
		return 1;
	if (fork() == 0)
		for (;;) {
			read(there[0], &c, 1);
			write(back[1], &c, 1);
		}
	for (;;) {
		write(there[1], &c, 1);
		read(back[0], &c, 1);
		syscall(SYS_membarrier, MEMBARRIER_CMD_GLOBAL_EXPEDITED, 0, 0);
	}
}
