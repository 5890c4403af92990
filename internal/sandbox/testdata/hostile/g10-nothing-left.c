// try: looks at run time for what the compiler left: processes, files besides its own, descriptors, time on the clock of its children
// want: AC
// runs: 2
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

int main(void)
{
	int bad = 0;
	DIR *d = opendir("/tmp");
	for (struct dirent *e; d && (e = readdir(d));)
		if (e->d_name[0] != '.')
			bad = printf("/tmp/%s\n", e->d_name);
	d = opendir("/code");
	for (struct dirent *e; d && (e = readdir(d));)
		if (e->d_name[0] != '.' && strcmp(e->d_name, "main.c") && strcmp(e->d_name, "program"))
			bad = printf("/code/%s\n", e->d_name);
	for (int pid = 2; pid < 40000; pid++)
		if (pid != getpid() && kill(pid, 0) == 0)
			bad = printf("process %d\n", pid);
	struct rusage u;
	getrusage(RUSAGE_CHILDREN, &u);
	if (u.ru_utime.tv_sec || u.ru_utime.tv_usec || u.ru_minflt)
		bad = puts("children of mine have run");
	if (!bad)
		puts("ok");
}
