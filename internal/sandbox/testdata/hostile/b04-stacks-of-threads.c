// try: many threads, each with a deep stack of its own: all stacks count together
// want: MLE
// limits: memory=64MiB wall=10s
#include <pthread.h>
#include <unistd.h>
static int down(int n) { volatile char frame[1024]; frame[0] = (char)n; return n == 0 ? 0 : down(n - 1) + frame[0]; }
static void *deep(void *unused) { down(6000); pause(); return unused; }
int main(void)
{
	pthread_attr_t a;
	pthread_t t;
	pthread_attr_init(&a);
	pthread_attr_setstacksize(&a, 8 << 20);
	for (int i = 0; i < 32; i++)
		pthread_create(&t, &a, deep, 0);
	pause();
}
