// try: starts threads until it cannot; they must count as processes do, one by one
// want: AC
// limits: processes=16
// runs: 2
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>
static void *sleeper(void *unused) { pause(); return unused; }
int main(void)
{
	pthread_t t;
	int n = 1; // the main thread
	while (n < 1000 && pthread_create(&t, 0, sleeper, 0) == 0)
		n++;
	if (n == 16)
		puts("ok");
	else
		printf("%d threads\n", n);
	return 0;
}
