// try: the main thread ends alone, and another prints the answer later: the program has not ended
// want: AC
// limits: wall=10s
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>
static void *late(void *unused)
{
	usleep(100000);
	puts("ok");
	fflush(stdout);
	_exit(0);
	return unused;
}
int main(void)
{
	pthread_t t;
	if (pthread_create(&t, 0, late, 0) != 0)
		return 1;
	pthread_exit(0);
}
