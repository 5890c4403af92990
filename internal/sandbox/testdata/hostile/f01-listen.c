// try: listens on every interface for connections from the host or another box
// want: AC
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(34567)};
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	struct pollfd p = {.fd = fd, .events = POLLIN};
	if (fd >= 0 && bind(fd, (struct sockaddr *)&a, sizeof a) == 0 && listen(fd, 5) == 0) {
		// In a network of its own a listener is heard by nobody.
		int out = socket(AF_INET, SOCK_STREAM, 0);
		a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
		if (poll(&p, 1, 300) == 1)
			puts("somebody called");
		else if (fork() == 0)
			_exit(connect(out, (struct sockaddr *)&a, sizeof a));
	}
	puts("ok");
}
