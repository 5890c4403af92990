// try: makes forbidden calls by int 0x80, whose numbers mean other calls to a filter that does not look at the architecture
// want: AC
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static long int80(long number, long a, long b, long c, long d, long e)
{
	long result;
	__asm__ volatile("int $0x80" : "=a"(result) : "a"(number), "b"(a), "c"(b), "d"(c), "S"(d), "D"(e) : "memory", "r8", "r9", "r10", "r11");
	return (int)result;
}

int main(void)
{
	// Arguments below 4 GiB, where these calls can see them.
	char *low = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	int bad = 0, status;
	if (low == MAP_FAILED)
		return 3;
	strcpy(low, "/scratch");
	struct { const char *name; long number, a, b, c, d, e; } calls[] = {
		{"mount", 21, (long)low, (long)low, 0, 4096, 0}, {"ptrace", 26, 16, 1, 0, 0, 0}, {"settimeofday", 79, 0, 0, 0, 0, 0},
		{"chroot", 61, (long)low, 0, 0, 0, 0}, {"sethostname", 74, (long)low, 4, 0, 0, 0}, {"iopl", 110, 3, 0, 0, 0, 0},
		{"init_module", 128, (long)low, 64, (long)low, 0, 0}, {"personality", 136, 0x40000, 0, 0, 0, 0}, {"setuid", 213, 0, 0, 0, 0, 0},
		{"add_key", 286, (long)low, (long)low, (long)low, 1, -3}, {"keyctl", 288, 1, 0, 0, 0, 0}, {"unshare", 310, 0x10000000, 0, 0, 0, 0},
		{"clone", 120, 0x10000000 | SIGCHLD, 0, 0, 0, 0}, {"perf_event_open", 336, (long)low, 0, -1, -1, 0}, {"socket", 359, 16, 3, 0, 0, 0},
		{"socketcall", 102, 1, (long)low, 0, 0, 0}, {"bpf", 357, 0, (long)low, 16, 0, 0}, {"userfaultfd", 374, 0, 0, 0, 0, 0},
		{"io_uring_setup", 425, 8, (long)low, 0, 0, 0}, {"vm86", 113, 0, 0, 0, 0, 0}, {"modify_ldt", 123, 1, (long)low, 16, 0, 0},
		{"shmget by ipc", 117, 23, 0x1001, 4096, 0x3b6, 0},
	};
	for (unsigned i = 0; i < sizeof calls / sizeof *calls; i++) {
		int pid = fork();
		if (pid == 0) {
			long r = int80(calls[i].number, calls[i].a, calls[i].b, calls[i].c, calls[i].d, calls[i].e);
			_exit(r == -EPERM || r == -ENOSYS || r == -EACCES ? 0 : 1); // 0 from clone: a child in a namespace
		}
		// Without support for such calls the kernel answers with SIGSEGV.
		if (pid < 0 || waitpid(pid, &status, 0) != pid || WIFSIGNALED(status) && WTERMSIG(status) != SIGSYS && WTERMSIG(status) != SIGSEGV || WIFEXITED(status) && WEXITSTATUS(status))
			bad = printf("%s: status %x\n", calls[i].name, status);
	}
	if (!bad)
		puts("ok");
}
