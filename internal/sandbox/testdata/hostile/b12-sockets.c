// try: keeps its data in sockets that nobody reads
// want: MLE
// limits: memory=16MiB wall=10s
#include <stdio.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>
int main(void)
{
	static char block[1 << 14];
	long total = 0, k;
	int p[2];
	while (socketpair(AF_UNIX, SOCK_STREAM, 0, p) == 0) {
		fcntl(p[0], F_SETFL, O_NONBLOCK);
		while ((k = write(p[0], block, sizeof block)) > 0)
			total += k;
	}
	printf("%ld bytes in sockets\n", total);
	return 0;
}
