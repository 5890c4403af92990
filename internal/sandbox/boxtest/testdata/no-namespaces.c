// want: exit 0
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>
int main(void) {
	if (unshare(CLONE_NEWUSER) == 0 || errno != EPERM) return 1;
	if (syscall(SYS_clone, CLONE_NEWUSER | 17, 0, 0, 0, 0) >= 0 || errno != EPERM) return 2;
	if (syscall(435, 0, 0) >= 0 || errno != ENOSYS) return 3; /* clone3 */
	if (mount("x", "/scratch", "tmpfs", 0, 0) == 0 || errno != EPERM) return 4;
	if (syscall(SYS_ptrace, 0, 0, 0, 0) == 0 || errno != EPERM) return 5;
	if (syscall(425, 1, 0) >= 0 || errno != ENOSYS) return 6; /* io_uring_setup */
	if (syscall(SYS_shmget, 0, 4096, 0600) >= 0 || errno != ENOSYS) return 7;
	return 0;
}
