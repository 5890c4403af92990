// try: opens, makes and replaces devices: disks, memory, consoles, terminals, kernel logs, virtual machines
// want: AC
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

int main(void)
{
	int bad = 0;
	const char *names[] = {"mem", "kmem", "port", "kmsg", "console", "tty0", "tty1", "ttyS0", "ptmx", "pts/0", "pts/ptmx", "sda", "sda1", "vda", "nvme0n1", "loop0", "loop-control", "mapper/control", "kvm", "vhost-net", "vhost-vsock", "uinput", "input/event0", "snapshot", "hpet", "rtc0", "watchdog", "cpu/0/msr", "dri/card0", "userfaultfd", "vsock", "btrfs-control", "autofs", "log", "initctl"};
	int container = access("/dev/console", F_OK) == 0 || access("/dev/ptmx", F_OK) == 0; // container engines bring their own terminals
	for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
		char path[64];
		sprintf(path, "/dev/%s", names[i]);
		if (container && (strstr(names[i], "ptmx") || !strcmp(names[i], "console")))
			continue;
		if (open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY) >= 0 || open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY) >= 0)
			bad = printf("%s can be opened\n", path);
	}
	struct { int major, minor; } numbers[] = {{1, 1}, {1, 2}, {1, 11}, {5, 1}, {8, 0}, {253, 0}, {254, 0}, {259, 0}, {10, 200}, {10, 229}, {10, 232}, {7, 0}};
	for (int i = 0; i < 12; i++)
		for (int block = 0; block < 2; block++) {
			char path[64];
			sprintf(path, "/scratch/n%d-%d", i, block);
			if (mknod(path, (block ? S_IFBLK : S_IFCHR) | 0666, makedev(numbers[i].major, numbers[i].minor)) == 0 && open(path, O_RDONLY | O_NONBLOCK) >= 0)
				bad = printf("device %d:%d\n", numbers[i].major, numbers[i].minor);
		}
	const char *fixed[] = {"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/fd", "/dev/shm"};
	symlink("/proc/sys/kernel/core_pattern", "/scratch/link");
	for (int i = 0; i < 7; i++)
		if (unlink(fixed[i]) == 0 || rename("/scratch/link", fixed[i]) == 0 || symlink("/scratch/link", fixed[i]) == 0 || i < 5 && chmod(fixed[i], 0) == 0)
			bad = printf("%s replaced\n", fixed[i]);
	struct stat s;
	if (stat("/dev/null", &s) || !S_ISCHR(s.st_mode) || s.st_rdev != makedev(1, 3))
		bad = puts("/dev/null is no null device");
	int null = open("/dev/null", O_WRONLY);
	if (null < 0 || write(null, "x", 1) != 1)
		bad = puts("/dev/null does not work");
	if (!bad)
		puts("ok");
}
