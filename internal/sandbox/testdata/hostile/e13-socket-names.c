// try: looks for listeners behind abstract and file names of sockets, and leaves a listener and a sleeping child for the next run
// want: AC
// runs: 2
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int dial(const char *name, int length, int type)
{
	struct sockaddr_un a = {.sun_family = AF_UNIX};
	memcpy(a.sun_path, name, length);
	int fd = socket(AF_UNIX, type, 0);
	return fd >= 0 && connect(fd, (struct sockaddr *)&a, sizeof a.sun_family + length) == 0;
}

int main(void)
{
	const char *names[] = {"\0note", "\0/tmp/.X11-unix/X0", "\0/containerd-shim/", "\0dbus", "\0/org/freedesktop/systemd1/notify", "\0snapd", "/run/docker.sock", "/var/run/docker.sock", "/run/systemd/notify", "/run/systemd/journal/socket", "/dev/log", "/run/dbus/system_bus_socket", "/tmp/.note", "/run/nscd/socket", "/run/containerd/containerd.sock", "/run/mysqld/mysqld.sock"};
	for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
		int length = names[i][0] ? strlen(names[i]) : 1 + strlen(names[i] + 1);
		if (dial(names[i], length, SOCK_STREAM) || dial(names[i], length, SOCK_DGRAM) || dial(names[i], length, SOCK_SEQPACKET)) {
			printf("somebody listens at %s\n", names[i][0] ? names[i] : names[i] + 1);
			return 0;
		}
	}
	struct sockaddr_un a = {.sun_family = AF_UNIX, .sun_path = "\0note"};
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	if (fd >= 0 && (bind(fd, (struct sockaddr *)&a, sizeof a.sun_family + 5) || listen(fd, 5))) {
		puts("the name is taken");
		return 0;
	}
	if (fd >= 0 && !dial("\0note", 5, SOCK_STREAM)) { // the look itself works
		puts("my own cannot be reached");
		return 0;
	}
	if (fork() == 0) {
		setsid();
		sleep(100);
		_exit(0);
	}
	puts("ok");
}
