// want: exit 0
#include <arpa/inet.h>
#include <errno.h>
#include <sys/socket.h>
int main(void) {
	int families[] = {AF_INET, AF_INET6, AF_NETLINK, AF_PACKET, 40 /* vsock */};
	for (int i = 0; i < 5; i++) if (socket(families[i], SOCK_STREAM, 0) >= 0 || errno != EAFNOSUPPORT) return i + 1;
	return 0;
}
