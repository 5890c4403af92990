// try: two threads wait for one another's locks
// want: TLE
// limits: wall=400ms
#include <pthread.h>
#include <unistd.h>
static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;
static void *other(void *unused)
{
	pthread_mutex_lock(&b);
	usleep(20000);
	pthread_mutex_lock(&a);
	return unused;
}
int main(void)
{
	pthread_t t;
	pthread_mutex_lock(&a);
	pthread_create(&t, 0, other, 0);
	usleep(20000);
	pthread_mutex_lock(&b);
	return 0;
}
