// try: mounts by the newer calls: file system contexts, detached trees and their attributes, which older filters do not know
// want: AC
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
	struct { uint64_t set, clear, propagation, userns; } attributes = {.clear = 1 | 2 | 4}; // read-only, no set-user-id, no devices
	const char *kinds[] = {"tmpfs", "proc", "sysfs", "cgroup2", "overlay", "ext4"};
	int bad = 0;
	for (int i = 0; i < 6; i++) {
		int context = syscall(430, kinds[i], 0); // fsopen
		if (context < 0)
			continue;
		bad = printf("fsopen %s\n", kinds[i]);
		syscall(431, context, 6, NULL, NULL, 0); // fsconfig: create
		if (syscall(432, context, 0, 0) >= 0)    // fsmount
			bad = printf("mounted %s\n", kinds[i]);
	}
	const char *places[] = {"/", "/usr", "/scratch", "/code", "/proc"};
	for (int i = 0; i < 5; i++) {
		int tree = syscall(428, AT_FDCWD, places[i], 1); // open_tree: a copy
		if (tree >= 0)
			bad = printf("tree of %s\n", places[i]);
		if (tree >= 0 && syscall(429, tree, "", AT_FDCWD, "/scratch", 4) == 0) // move_mount
			bad = printf("moved %s\n", places[i]);
		if (syscall(442, AT_FDCWD, places[i], 0x8000, &attributes, sizeof attributes) == 0) // mount_setattr
			bad = printf("attributes of %s\n", places[i]);
		if (syscall(433, AT_FDCWD, places[i], 0) >= 0) // fspick
			bad = printf("picked %s\n", places[i]);
	}
	if (!bad)
		puts("ok");
}
