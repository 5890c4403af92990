// try: makes /code writable again by remounting it, mounting over it, and through the attributes of mount and files
// want: AC
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

struct attributes { uint64_t set, clear, propagation, userns; };

static int try(int i)
{
	struct attributes a = {.clear = 1}; // MOUNT_ATTR_RDONLY
	int flags = 0, fd;
	switch (i) {
	case 0: return mount("none", "/code", NULL, MS_REMOUNT, NULL);
	case 1: return mount("none", "/code", NULL, MS_REMOUNT | MS_BIND, NULL);
	case 2: return mount("tmpfs", "/code", "tmpfs", 0, NULL);
	case 3: return mount("/scratch", "/code", NULL, MS_BIND, NULL);
	case 4: return umount2("/code", MNT_DETACH);
	case 5: return syscall(442, AT_FDCWD, "/code", 0, &a, sizeof a); // mount_setattr
	case 6: return syscall(SYS_unshare, 0x00020000); // CLONE_NEWNS
	case 7:
		fd = open("/code", O_RDONLY);
		return ioctl(fd, FS_IOC_SETFLAGS, &flags);
	case 8: return open("/code/new", O_CREAT | O_WRONLY, 0600);
	}
	return 0;
}

int main(void)
{
	int bad = 0;
	for (int i = 0; i < 9; i++) {
		int status, pid = fork();
		if (pid == 0)
			_exit(try(i) >= 0);
		if (pid < 0 || waitpid(pid, &status, 0) != pid || WIFEXITED(status) && WEXITSTATUS(status))
			bad = printf("attempt %d worked\n", i);
	}
	if (!bad)
		puts("ok");
}
