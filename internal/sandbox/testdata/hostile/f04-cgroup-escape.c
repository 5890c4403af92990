// try: leaves its control group, raises its limits and plants a release agent through every place where the control file system may be
// want: AC
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

static int bad;

static void put(const char *dir, const char *file, const char *text)
{
	char path[256];
	snprintf(path, sizeof path, "%s/%s", dir, file);
	int fd = open(path, O_WRONLY);
	if (fd >= 0 && write(fd, text, strlen(text)) > 0)
		bad = printf("%s can be written\n", path);
	close(fd);
}

int main(void)
{
	const char *dirs[] = {"/sys/fs/cgroup", "/sys/fs/cgroup/memory", "/sys/fs/cgroup/pids", "/sys/fs/cgroup/cpu,cpuacct", "/sys/fs/cgroup/freezer", "/sys/fs/cgroup/unified", "/sys/fs/cgroup/init", "/cgroup", "/dev/cgroup", "/scratch/g"};
	mkdir("/scratch/g", 0777);
	mount("cgroup", "/scratch/g", "cgroup", 0, "memory");
	mount("cgroup2", "/scratch/g", "cgroup2", 0, NULL);
	mount("cgroup", "/scratch/g", "cgroup", 0, "none,name=x");
	for (unsigned i = 0; i < sizeof dirs / sizeof *dirs; i++) {
		char inner[256];
		put(dirs[i], "cgroup.procs", "0");
		put(dirs[i], "tasks", "0");
		put(dirs[i], "../cgroup.procs", "0");
		put(dirs[i], "memory.max", "max");
		put(dirs[i], "memory.limit_in_bytes", "-1");
		put(dirs[i], "pids.max", "max");
		put(dirs[i], "release_agent", "/scratch/agent");
		put(dirs[i], "notify_on_release", "1");
		put(dirs[i], "cgroup.subtree_control", "+memory");
		put(dirs[i], "devices.allow", "a *:* rwm");
		put(dirs[i], "cgroup.kill", "1");
		put(dirs[i], "freezer.state", "THAWED");
		snprintf(inner, sizeof inner, "%s/mine", dirs[i]);
		if (i < 9 && mkdir(inner, 0777) == 0)
			bad = printf("group %s made\n", inner);
	}
	put("/proc/sys/kernel", "core_pattern", "|/scratch/agent");
	put("/proc/sys/kernel", "modprobe", "/scratch/agent");
	put("/proc/sys/kernel", "hotplug", "/scratch/agent");
	put("/proc/sys/fs/binfmt_misc", "register", ":x:M::x::/scratch/agent:");
	put("/proc", "sysrq-trigger", "h");
	put("/sys/kernel", "uevent_helper", "/scratch/agent");
	if (!bad)
		puts("ok");
}
