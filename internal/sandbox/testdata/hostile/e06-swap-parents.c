// try: swaps a directory and a link to / as fast as it can, during the whole run and in children that outlive it, so that who cleans up follows the link
// want: AC
// runs: 2
// limits: cpu=2s wall=20s
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static void flip(double seconds)
{
	while (clock() < seconds * CLOCKS_PER_SEC)
		syscall(SYS_renameat2, AT_FDCWD, "/scratch/dir", AT_FDCWD, "/scratch/link", RENAME_EXCHANGE);
}

int main(void)
{
	if (mkdir("/scratch/dir", 0777) || symlink("/", "/scratch/link")) {
		puts("something was there before");
		return 0;
	}
	for (int i = 0; i < 200; i++) {
		char name[64];
		sprintf(name, "/scratch/dir/%d", i);
		close(open(name, O_CREAT | O_WRONLY, 0666));
		sprintf(name, "/scratch/usr%d", i); // like what is below /, where the link leads
		symlink("/usr", name);
	}
	if (syscall(SYS_renameat2, AT_FDCWD, "/scratch/dir", AT_FDCWD, "/scratch/link", RENAME_EXCHANGE)) {
		puts("nothing can be swapped");
		return 0;
	}
	for (int i = 0; i < 4; i++)
		if (fork() == 0) {
			setsid();
			flip(1);
			_exit(0);
		}
	flip(0.1);
	puts("ok");
}
