// try: loads programs into the kernel, makes maps and walks the list of what others have loaded
// want: AC
#define _GNU_SOURCE
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int bad;

// refused makes the call in a child. It must be told no, or be ended by the filter.
static void refused(const char *name, long number, long a, long b, long c, long d, long e)
{
	int status, pid = fork();
	if (pid == 0)
		_exit(syscall(number, a, b, c, d, e, 0) == -1 && (errno == EPERM || errno == ENOSYS || errno == EACCES) ? 0 : errno ? errno : 255);
	if (pid < 0 || waitpid(pid, &status, 0) != pid || WIFSIGNALED(status) && WTERMSIG(status) != 31 /* SIGSYS */ || WIFEXITED(status) && WEXITSTATUS(status))
		bad = printf("%s: status %x\n", name, status);
}

int main(void)
{
	struct { uint32_t type, count; uint64_t code, license; uint32_t level, size; uint64_t log; uint32_t version; } program = {1, 2}; // a socket filter
	uint64_t code[] = {0x00000000000000b7, 0x0000000000000095};                                                                      // r0 = 0; exit
	program.code = (uint64_t)code;
	program.license = (uint64_t)"GPL";
	uint32_t map[16] = {2, 4, 8, 16}; // an array
	uint32_t next[4] = {0};
	refused("load a program", SYS_bpf, 5, (long)&program, sizeof program, 0, 0);
	refused("make a map", SYS_bpf, 0, (long)map, sizeof map, 0, 0);
	refused("next program", SYS_bpf, 11, (long)next, sizeof next, 0, 0);
	refused("next map", SYS_bpf, 12, (long)next, sizeof next, 0, 0);
	refused("descriptor of program 1", SYS_bpf, 13, (long)next, sizeof next, 0, 0);
	if (!bad)
		puts("ok");
}
