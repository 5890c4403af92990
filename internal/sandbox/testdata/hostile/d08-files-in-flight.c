// try: sends open files through sockets that nobody reads, so that they count for no process
// want: AC or MLE
// limits: cpu=3s wall=20s memory=64MiB
// runs: 2
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
int main(void)
{
	char room[CMSG_SPACE(sizeof(int) * 250)] = {0}, byte = 'x';
	struct iovec data = {&byte, 1};
	struct msghdr m = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = room, .msg_controllen = sizeof room};
	struct cmsghdr *c = CMSG_FIRSTHDR(&m);
	long sent = 0;
	int p[2];
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof(int) * 250);
	for (int pairs = 0; pairs < 20 && sent < 1000000; pairs++) {
		if (socketpair(AF_UNIX, SOCK_DGRAM, 0, p) != 0)
			break;
		for (int i = 0; i < 250; i++)
			((int *)CMSG_DATA(c))[i] = p[0];
		while (sendmsg(p[0], &m, MSG_DONTWAIT) == 1)
			sent += 250;
	}
	if (sent < 100000) // none: sending files is refused
		puts("ok");
	else
		printf("%ld files in flight\n", sent);
	return 0;
}
