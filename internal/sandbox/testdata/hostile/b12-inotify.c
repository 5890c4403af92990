// try: takes every inotify instance that it can get: the kernel counts them for whoever made the box too, which is all boxes' maker
// want: AC
// limits: wall=20s
#include <stdio.h>
#include <sys/inotify.h>
#include <unistd.h>
int main(void)
{
	int n = 0;
	while (n < 1000 && inotify_init() >= 0)
		n++;
	usleep(300000);
	if (n <= 32)
		puts("ok");
	else
		printf("%d of them\n", n);
	return 0;
}
