// try: writes to the logs of the host: the kernel's, the system's, those of who is there, everybody's terminal
// want: AC
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/klog.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <syslog.h>
#include <unistd.h>
int main(void)
{
	static const char text[] = "<0>deemster-attack-log\n";
	const char *files[] = {"/dev/kmsg", "/proc/kmsg", "/dev/console", "/dev/tty", "/dev/tty0", "/dev/pts/0", "/var/run/utmp", "/var/log/wtmp", "/var/log/lastlog", "/var/log/syslog", "/sys/kernel/debug/tracing/trace_marker"};
	const char *sockets[] = {"/dev/log", "/run/systemd/journal/dev-log", "/run/systemd/journal/socket", "/run/systemd/journal/stdout"};
	for (int i = 0; i < (int)(sizeof files / sizeof *files); i++) {
		int fd = open(files[i], O_WRONLY | O_APPEND);
		if (fd >= 0 && write(fd, text, sizeof text - 1) > 0)
			printf("%s is written\n", files[i]);
	}
	for (int i = 0; i < 4; i++) {
		struct sockaddr_un a = {.sun_family = AF_UNIX};
		int s = socket(AF_UNIX, i == 3 ? SOCK_STREAM : SOCK_DGRAM, 0);
		strcpy(a.sun_path, sockets[i]);
		if (s >= 0 && connect(s, (struct sockaddr *)&a, sizeof a) == 0)
			printf("%s answers\n", sockets[i]);
	}
	char buffer[64];
	if (klogctl(3, buffer, sizeof buffer) >= 0 || klogctl(5, 0, 0) >= 0)
		puts("the kernel's log is read");
	openlog("deemster-attack-log", LOG_NDELAY, LOG_AUTH);
	syslog(LOG_EMERG, "deemster-attack-log");
	puts("ok");
	return 0;
}
