// try: connects and sends by TCP, UDP and raw sockets, IPv4 and IPv6, to the loopback, the host's networks, name servers and the metadata service
// want: AC
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int bad;

static void attempt(int family, const char *host, int port)
{
	int types[] = {SOCK_STREAM, SOCK_DGRAM, SOCK_RAW};
	// A datagram to a loopback of its own goes nowhere; a connection shows a listener.
	int own = !strncmp(host, "127.", 4) || !strcmp(host, "0.0.0.0") || !strcmp(host, "::1") || !strncmp(host, "::ffff:127", 10);
	for (int i = 0; i < (own ? 1 : 3); i++) {
		struct sockaddr_in a4 = {.sin_family = AF_INET, .sin_port = htons(port)};
		struct sockaddr_in6 a6 = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
		inet_pton(family, host, family == AF_INET ? (void *)&a4.sin_addr : (void *)&a6.sin6_addr);
		struct sockaddr *a = family == AF_INET ? (struct sockaddr *)&a4 : (struct sockaddr *)&a6;
		socklen_t size = family == AF_INET ? sizeof a4 : sizeof a6;
		int fd = socket(family, types[i] | SOCK_NONBLOCK, types[i] == SOCK_RAW ? IPPROTO_ICMP : 0);
		if (fd < 0)
			continue;
		int error = 0;
		socklen_t n = sizeof error;
		struct pollfd p = {.fd = fd, .events = POLLOUT};
		if (connect(fd, a, size) == 0 || errno == EINPROGRESS && poll(&p, 1, 20) == 1 && !getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &n) && !error) {
			// UDP connects when there is a route; then it can be sent.
			if (types[i] == SOCK_STREAM || send(fd, "x", 1, 0) == 1)
				bad = printf("reached %s port %d, type %d\n", host, port, types[i]);
		}
		if (types[i] != SOCK_STREAM && sendto(fd, "x", 1, MSG_NOSIGNAL, a, size) == 1)
			bad = printf("sent to %s port %d, type %d\n", host, port, types[i]);
		close(fd);
	}
}

int main(void)
{
	const char *v4[] = {"127.0.0.1", "127.0.0.53", "0.0.0.0", "10.0.0.1", "172.17.0.1", "192.168.0.1", "192.168.1.1", "169.254.169.254", "100.100.100.200", "8.8.8.8", "1.1.1.1", "224.0.0.251", "255.255.255.255"};
	const char *v6[] = {"::1", "::ffff:127.0.0.1", "fe80::1", "fd00:ec2::254", "ff02::1", "2001:4860:4860::8888"};
	int ports[] = {22, 53, 80, 443, 2375, 3306, 4222, 5432, 6443, 8080, 9090, 27017};
	for (int p = 0; p < 12; p++) {
		for (int i = 0; i < 13; i++)
			attempt(AF_INET, v4[i], ports[p]);
		for (int i = 0; i < 6; i++)
			attempt(AF_INET6, v6[i], ports[p]);
	}
	if (!bad)
		puts("ok");
}
