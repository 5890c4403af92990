// try: System V shared memory, which outlives all its processes
// want: AC or MLE or RE
// limits: memory=64MiB wall=10s
// runs: 2
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/shm.h>
int main(void)
{
	for (int key = 1; key < 100; key++) {
		if (shmget(key, 0, 0) >= 0) {
			puts("left by another");
			return 0;
		}
		int id = shmget(key, 8 << 20, IPC_CREAT | 0600);
		if (id < 0) {
			puts(errno == ENOSYS || errno == ENOSPC || errno == EPERM || errno == ENOMEM ? "ok" : strerror(errno));
			return 0;
		}
		char *block = shmat(id, 0, 0);
		if (block != (char *)-1)
			memset(block, 1, 8 << 20);
	}
	puts("800 MiB");
	return 0;
}
