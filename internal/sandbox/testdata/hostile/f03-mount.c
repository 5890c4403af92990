// try: mounts, binds, remounts, moves and unmounts file systems of every kind, and changes its root
// want: AC
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static long attempt(int i)
{
	const char *kinds[] = {"tmpfs", "proc", "sysfs", "cgroup", "cgroup2", "devtmpfs", "devpts", "mqueue", "overlay", "bpf", "debugfs", "tracefs", "securityfs", "fuse", "ramfs", "ext4", "9p", "nfs", "binfmt_misc", "configfs"};
	if (i < 20)
		return mount("none", "/scratch/m", kinds[i], 0, i == 8 ? "lowerdir=/usr,upperdir=/scratch,workdir=/scratch/m" : NULL);
	switch (i) {
	case 20: return mount("/", "/scratch/m", NULL, MS_BIND | MS_REC, NULL);
	case 21: return mount("/proc", "/scratch/m", NULL, MS_BIND, NULL);
	case 22: return mount("/usr", "/scratch/m", NULL, MS_MOVE, NULL);
	case 23: return mount("none", "/", NULL, MS_REMOUNT, NULL);
	case 24: return mount("none", "/usr", NULL, MS_REMOUNT | MS_BIND, NULL);
	case 25: return mount("none", "/", NULL, MS_SHARED | MS_REC, NULL);
	case 26: return umount("/proc");
	case 27: return umount2("/scratch", MNT_DETACH);
	case 28: return umount2("/usr", MNT_DETACH);
	case 29: return umount2("/", MNT_DETACH);
	case 30: return syscall(SYS_pivot_root, "/scratch", "/scratch/m");
	case 31: return syscall(SYS_pivot_root, ".", ".");
	case 32: return chroot("/scratch");
	case 33: return chroot("/proc/1/root");
	case 34: return mount("/dev/sda1", "/scratch/m", "ext4", 0, NULL);
	}
	return mount("/dev/loop0", "/scratch/m", "vfat", 0, NULL);
}

int main(void)
{
	int bad = mkdir("/scratch/m", 0777) ? puts("no directory") : 0;
	for (int i = 0; i < 36; i++) {
		int status, pid = fork();
		if (pid == 0)
			_exit(attempt(i) >= 0);
		if (pid < 0 || waitpid(pid, &status, 0) != pid || WIFEXITED(status) && WEXITSTATUS(status))
			bad = printf("attempt %d worked\n", i);
	}
	if (!bad)
		puts("ok");
}
