// try: makes namespaces of every kind and mixture by clone and unshare; in a user namespace of its own it would be root and reach far more of the kernel
// want: AC
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static const unsigned long kinds[] = {CLONE_NEWUSER, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWIPC, CLONE_NEWUTS, CLONE_NEWCGROUP, 0x80 /* CLONE_NEWTIME */};

int main(void)
{
	int bad = 0, status;
	for (int i = 0; i < 8; i++)
		for (int user = 0; user < 2; user++) {
			unsigned long flags = kinds[i] | (user ? CLONE_NEWUSER : 0);
			int pid = fork();
			if (pid == 0)
				_exit(syscall(SYS_unshare, flags) == 0);
			if (pid < 0 || waitpid(pid, &status, 0) != pid)
				return 3;
			if (WIFEXITED(status) && WEXITSTATUS(status))
				bad = printf("unshare %lx\n", flags);
			if (kinds[i] == 0x80)
				continue; // for clone the bit is part of the signal
			pid = syscall(SYS_clone, flags | SIGCHLD, 0, 0, 0, 0);
			if (pid == 0)
				_exit(0);
			if (pid > 0)
				bad = printf("clone %lx\n", flags);
			// The high half of the register must not hide the flags.
			pid = syscall(SYS_clone, flags | SIGCHLD | 0xffffffff00000000, 0, 0, 0, 0);
			if (pid == 0)
				_exit(0);
			if (pid > 0)
				bad = printf("clone %lx with more bits\n", flags);
		}
	int map = open("/proc/self/uid_map", O_WRONLY);
	if (map >= 0 && write(map, "0 1 1", 5) > 0)
		bad = puts("identities mapped");
	if (!bad)
		puts("ok");
}
