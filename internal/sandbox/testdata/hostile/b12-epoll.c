// try: watches every descriptor with every epoll, each watch an object of the kernel
// want: MLE or TLE
// limits: cpu=2s memory=16MiB wall=20s
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
int main(void)
{
	int events[500], watches[500];
	struct epoll_event e = {.events = EPOLLIN};
	long n = 0;
	for (int i = 0; i < 500; i++) {
		events[i] = eventfd(0, 0);
		watches[i] = epoll_create1(0);
	}
	for (int i = 0; i < 500; i++)
		for (int k = 0; k < 500; k++)
			n += epoll_ctl(watches[i], EPOLL_CTL_ADD, events[k], &e) == 0;
	printf("%ld watches\n", n);
	return 0;
}
