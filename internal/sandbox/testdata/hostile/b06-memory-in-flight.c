// try: sends 30 MiB of files through a socket that is itself sent through it, so that only the kernel's collector can free them
// want: AC
// limits: memory=64MiB wall=10s
// runs: 4
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>
static int send_fd(int to, int fd)
{
	char room[CMSG_SPACE(sizeof(int))] = {0}, byte = 'x';
	struct iovec data = {&byte, 1};
	struct msghdr m = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = room, .msg_controllen = sizeof room};
	struct cmsghdr *c = CMSG_FIRSTHDR(&m);
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(c), &fd, sizeof fd);
	return sendmsg(to, &m, 0) == 1;
}
int main(void)
{
	static char block[1 << 20];
	int pair[2], fd = memfd_create("x", 0), sent = 0;
	for (int i = 0; i < 30; i++)
		sent += write(fd, block, sizeof block) == sizeof block;
	if (socketpair(AF_UNIX, SOCK_DGRAM, 0, pair) != 0 || sent != 30) {
		puts("it could not begin");
		return 0;
	}
	sent = send_fd(pair[0], fd) + send_fd(pair[0], pair[1]) + send_fd(pair[1], pair[0]);
	close(fd);
	close(pair[0]);
	close(pair[1]);
	puts(sent == 3 || sent == 0 ? "ok" : "some could not be sent"); // 0: sending files is refused
	return 0;
}
