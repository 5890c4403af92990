// try: maps and unmaps memory in many threads, so that the kernel must tell the other processors each time
// want: TLE
// limits: cpu=1s wall=20s
#include <pthread.h>
#include <sys/mman.h>
static void *storm(void *unused)
{
	for (;;) {
		char *p = mmap(0, 1 << 16, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (p != MAP_FAILED) {
			p[0] = 1;
			mprotect(p, 1 << 16, PROT_READ);
			munmap(p, 1 << 16);
		}
	}
	return unused;
}
int main(void)
{
	pthread_t t;
	for (int i = 0; i < 8; i++)
		pthread_create(&t, 0, storm, 0);
	storm(0);
}
