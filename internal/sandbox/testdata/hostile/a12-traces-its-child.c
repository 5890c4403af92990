// try: lets itself be traced by a child that changes its registers, to change a system call after the filter has seen it
// want: AC or RE
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>
int main(void)
{
	int child = fork();
	if (child == 0) {
		errno = 0;
		_exit(ptrace(PTRACE_TRACEME, 0, 0, 0) == 0 ? 1 : errno == EPERM ? 0 : 2);
	}
	int status = 0;
	waitpid(child, &status, 0);
	puts(WIFEXITED(status) && WEXITSTATUS(status) == 0 ? "ok" : "it is traced");
	return 0;
}
