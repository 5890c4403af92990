// try: threads start threads in every process it can fork
// want: TLE
// limits: cpu=500ms wall=10s
#include <pthread.h>
#include <unistd.h>
static void *breed(void *unused)
{
	pthread_t t;
	for (;;) {
		pthread_create(&t, 0, breed, 0);
		fork();
	}
	return unused;
}
int main(void) { breed(0); }
