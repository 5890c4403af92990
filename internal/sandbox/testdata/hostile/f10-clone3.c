// try: makes namespaces by clone3, whose flags are in memory where no filter can look; threads must work all the same
// want: AC
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void *work(void *p) { return p; }

int main(void)
{
	uint64_t kinds[] = {0x10000000, 0x00020000, 0x20000000, 0x40000000, 0x08000000, 0x04000000, 0x02000000, 0x80, 0x200000000 /* into a control group */};
	int bad = 0;
	for (int i = 0; i < 9; i++)
		for (int user = 0; user < 2; user++) {
			uint64_t args[11] = {kinds[i] | (user ? 0x10000000 : 0), 0, 0, 0, SIGCHLD};
			int pid = syscall(435, args, sizeof args);
			if (pid == 0)
				_exit(0);
			if (pid > 0)
				bad = printf("clone3 with %lx\n", (long)args[0]);
		}
	pthread_t t;
	void *result = NULL;
	if (pthread_create(&t, NULL, work, &bad) || pthread_join(t, &result) || result != &bad)
		bad = puts("no thread can be made");
	if (!bad)
		puts("ok");
}
