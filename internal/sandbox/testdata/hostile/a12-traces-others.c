// try: traces the box's first process and its own parent, and writes into their memory
// want: AC
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <unistd.h>
int main(void)
{
	int others[] = {1, getppid()};
	char byte = 0, path[64];
	struct iovec here = {&byte, 1}, there = {(void *)0x400000, 1};
	for (int i = 0; i < 2; i++) {
		if (others[i] == 0)
			continue;
		if (ptrace(PTRACE_ATTACH, others[i], 0, 0) == 0 || ptrace(PTRACE_SEIZE, others[i], 0, 0) == 0)
			puts("traces it");
		if (process_vm_writev(others[i], &here, 1, &there, 1, 0) > 0 || process_vm_readv(others[i], &here, 1, &there, 1, 0) > 0)
			puts("in its memory");
		const char *files[] = {"mem", "environ", "maps", "auxv", "stack", "syscall"};
		for (int f = 0; f < 6; f++) {
			snprintf(path, sizeof path, "/proc/%d/%s", others[i], files[f]);
			int fd = open(path, f == 0 ? O_RDWR : O_RDONLY);
			if (fd >= 0 && read(fd, &byte, 1) == 1)
				printf("reads %s\n", path);
		}
	}
	puts("ok");
	return 0;
}
