// try: four threads use nearly the time that all have together: that must work
// want: AC
// limits: cpu=400ms wall=20s
#include <pthread.h>
#include <stdio.h>
#include <time.h>
static void *burn(void *unused)
{
	struct timespec t;
	do
		clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	while (t.tv_nsec < 85000000);
	return unused;
}
int main(void)
{
	pthread_t t[4];
	for (int i = 0; i < 4; i++)
		pthread_create(&t[i], 0, burn, 0);
	for (int i = 0; i < 4; i++)
		pthread_join(t[i], 0);
	puts("ok");
	return 0;
}
