// try: lists the processes it can see, by /proc, by signal 0 and by their groups and sessions; others' command lines hold paths and secrets
// want: AC
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(void)
{
	int bad = 0, self = 0;
	DIR *d = opendir("/proc");
	for (struct dirent *e; d && (e = readdir(d));) {
		int pid = atoi(e->d_name);
		char path[64], text[256] = "";
		if (!isdigit(e->d_name[0]))
			continue;
		self |= pid == getpid();
		snprintf(path, sizeof path, "/proc/%d/cmdline", pid);
		FILE *f = pid == getpid() ? NULL : fopen(path, "r");
		if (f && fread(text, 1, sizeof text - 1, f) > 0 && pid != 1) { // 1 may be the box's own init
			printf("%d: %s\n", pid, text);
			bad = 1;
		}
	}
	if (d && !self && access("/proc/self", F_OK) == 0)
		bad = puts("not even myself in /proc");
	// Those that cannot be seen may still be there.
	for (int pid = 2; pid < 40000; pid++)
		if (pid != getpid() && (kill(pid, 0) == 0 || errno == EPERM)) {
			printf("process %d\n", pid);
			bad = 1;
		}
	if (getppid() > 1)
		bad = printf("parent %d\n", getppid());
	if (!bad)
		puts("ok");
}
