// try: reads addresses, keys, devices, interrupts and the boot command line of the host from the kernel's files; they break address randomisation and tell who else is there
// want: AC
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

// Files that tell of the host. An engine may show an empty one, or one without content.
static const char *files[] = {
	"/proc/keys", "/proc/key-users", "/proc/sched_debug", "/sys/kernel/debug/sched/debug", "/proc/kcore", "/proc/kmsg", "/proc/timer_list",
	"/proc/slabinfo", "/proc/kpagecount", "/proc/kpageflags", "/proc/modules", "/proc/mdstat", "/proc/locks", "/proc/latency_stats",
	"/proc/sysvipc/shm", "/proc/vmallocinfo", "/proc/iomem", "/proc/ioports", "/proc/acpi", "/proc/scsi/scsi", "/proc/config.gz",
	"/proc/sysrq-trigger", "/sys/kernel/notes", "/sys/firmware/dmi/tables/DMI", "/sys/class/dmi/id/product_uuid", "/sys/kernel/security/lockdown",
	"/proc/self/stack", "/proc/self/syscall_stack", "/proc/self/pagemap", "/proc/1/sched", "/proc/1/stack",
};

int main(void)
{
	static char text[1 << 16];
	int bad = 0, fd;
	for (unsigned i = 0; i < sizeof files / sizeof *files; i++) {
		if ((fd = open(files[i], O_RDONLY | O_NONBLOCK)) < 0)
			continue;
		long n = read(fd, text, sizeof text - 1);
		text[n > 0 ? n : 0] = 0;
		int zero = 1; // pagemap without rights has page numbers of zero
		for (long j = 0; j < n && strstr(files[i], "pagemap"); j++)
			zero &= text[j] == 0 || (j & 7) == 7;
		if (n > 0 && !(strstr(files[i], "pagemap") && zero) && strncmp(files[i], "/proc/sysvipc", 13) && strchr(text, '\n') != strrchr(text, '\n')) {
			printf("%s: %.60s\n", files[i], text);
			bad = 1;
		}
		close(fd);
	}
	FILE *symbols = fopen("/proc/kallsyms", "r");
	unsigned long address;
	for (int i = 0; symbols && i < 1000 && fscanf(symbols, "%lx %*[^\n]", &address) == 1; i++)
		if (address) {
			printf("kallsyms: %lx\n", address);
			return 0;
		}
	if (!bad)
		puts("ok");
}
