// try: installs a filter that asks its own supervisor about calls, and answers them itself, to have the kernel go on with what was refused
// want: AC
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
	struct { uint16_t code; uint8_t yes, no; uint32_t k; } notify[] = {{0x20, 0, 0, 0}, {0x15, 0, 1, SYS_unshare}, {6, 0, 0, 0x7fc00000}, {6, 0, 0, 0x7fff0000}};
	struct { uint16_t length; void *filter; } program = {4, notify};
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	int listener = syscall(SYS_seccomp, 1, 8 /* new listener */, &program);
	if (listener < 0) {
		puts("ok");
		return 0;
	}
	int pid = fork();
	if (pid == 0)
		_exit(syscall(SYS_unshare, 0x10000000) == 0);
	char request[80] = {0};
	struct { uint64_t id; int64_t value; int32_t error; uint32_t flags; } answer = {0};
	int status;
	alarm(1);
	if (ioctl(listener, 0xc0502100, request) == 0) {
		answer.id = *(uint64_t *)request;
		answer.flags = 1; // go on
		ioctl(listener, 0xc0182101, &answer);
	}
	waitpid(pid, &status, 0);
	puts(WIFEXITED(status) && WEXITSTATUS(status) ? "a namespace" : "ok");
}
