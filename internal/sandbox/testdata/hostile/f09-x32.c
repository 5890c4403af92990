// try: makes forbidden calls with the bit of the x32 interface in the number, which a filter of plain numbers does not know
// want: AC
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
	char room[256] = "/scratch";
	struct { const char *name; long number, a, b, c, d; } calls[] = {
		{"mount", SYS_mount, (long)room, (long)room, 0, 4096}, {"unshare", SYS_unshare, 0x10000000, 0, 0, 0}, {"clone", SYS_clone, 0x10000000 | SIGCHLD, 0, 0, 0},
		{"chroot", SYS_chroot, (long)room, 0, 0, 0}, {"add_key", SYS_add_key, (long)"user", (long)"x", (long)"x", 1}, {"bpf", SYS_bpf, 0, (long)room, 16, 0},
		{"setuid", SYS_setuid, 0, 0, 0, 0}, {"userfaultfd", SYS_userfaultfd, 0, 0, 0, 0}, {"io_uring_setup", SYS_io_uring_setup, 8, (long)room, 0, 0},
		{"socket", SYS_socket, 16, 3, 0, 0}, {"personality", SYS_personality, 0x40000, 0, 0, 0}, {"getpid", SYS_getpid, 0, 0, 0, 0},
		// Those with numbers of their own.
		{"ioctl", 514, 0, 0x5413, (long)room, 0}, {"ptrace", 521, 16, 1, 0, 0}, {"kexec_load", 528, 0, 0, 0, 0}, {"process_vm_readv", 539, 1, (long)room, 0, 0},
		{"setsockopt", 541, 0, 0, 0, 0}, {"io_setup", 543, 8, (long)room, 0, 0}, {"execveat", 545, -1, 0, 0, 0},
	};
	long bits[] = {0x40000000, 0x40000000 | 0x80000000L, 0x4000000000000000 | 0x40000000};
	int bad = 0, status;
	for (int bit = 0; bit < 3; bit++)
		for (unsigned i = 0; i < sizeof calls / sizeof *calls; i++) {
			int pid = fork();
			if (pid == 0) {
				long r = syscall(calls[i].number | bits[bit], calls[i].a, calls[i].b, calls[i].c, calls[i].d, 0);
				_exit(r == -1 && (errno == EPERM || errno == ENOSYS || errno == EACCES) ? 0 : 1);
			}
			if (pid < 0 || waitpid(pid, &status, 0) != pid || WIFSIGNALED(status) && WTERMSIG(status) != SIGSYS || WIFEXITED(status) && WEXITSTATUS(status))
				bad = printf("%s with %lx: status %x\n", calls[i].name, bits[bit], status);
		}
	if (!bad)
		puts("ok");
}
