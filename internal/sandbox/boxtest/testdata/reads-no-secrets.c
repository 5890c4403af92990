// want: exit 0
#include <fcntl.h>
int main(void) {
	const char *secrets[] = {"/etc/shadow", "/etc/hostname", "/root", "/home", "/var/log", "/var/lib/dpkg", "/var/spool", "/var/tmp", "/sys", "/proc/1/environ", "/proc/kallsyms", "/proc/sys", "/proc/keys", "/etc/ssl"};
	for (int i = 0; i < (int)(sizeof secrets / sizeof *secrets); i++) if (open(secrets[i], O_RDONLY) >= 0) return i + 1;
	return 0;
}
