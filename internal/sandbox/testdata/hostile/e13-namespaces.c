// try: joins the namespaces that can be named in /proc: its own again, those of pid 1, and those of the judge
// want: AC
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
	const char *kinds[] = {"user", "mnt", "pid", "net", "ipc", "uts", "cgroup", "time", "pid_for_children"};
	int bad = 0;
	for (int pid = 0; pid < 200; pid++)
		for (int i = 0; i < 9; i++) {
			char path[64];
			if (pid)
				sprintf(path, "/proc/%d/ns/%s", pid, kinds[i]);
			else
				sprintf(path, "/proc/self/ns/%s", kinds[i]);
			int fd = open(path, O_RDONLY);
			if (fd >= 0 && setns(fd, 0) == 0)
				bad = printf("joined %s\n", path);
			close(fd);
		}
	int fd = syscall(SYS_pidfd_open, getpid(), 0);
	if (fd >= 0 && setns(fd, CLONE_NEWNS | CLONE_NEWNET) == 0)
		bad = puts("joined by a process");
	if (!bad)
		puts("ok");
}
