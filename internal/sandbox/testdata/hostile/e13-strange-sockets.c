// try: opens sockets of every family and type there may be; vsock, netlink, packet and Bluetooth reach the host or other machines
// want: AC
#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
	int bad = 0, local = 0;
	for (int family = 0; family < 64; family++)
		for (int type = 1; type < 11; type++)
			for (int protocol = 0; protocol < 32; protocol++) {
				int fd = socket(family, type, protocol);
				if (fd < 0)
					continue;
				if (family == AF_UNIX)
					local++;
				else if (family != AF_INET && family != AF_INET6) // f01 tries what can be done with those
					bad = printf("family %d type %d protocol %d\n", family, type, protocol);
				close(fd);
			}
	int pair[2];
	if (!local || socketpair(AF_UNIX, SOCK_STREAM, 0, pair))
		puts("not even a local socket");
	else if (!bad)
		puts("ok");
}
