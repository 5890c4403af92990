// try: takes all the requests of asynchronous input and output that the whole machine has
// want: AC
// limits: wall=20s
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>
int main(void)
{
	long n = 0;
	for (int size = 1 << 16; size > 0; size /= 2)
		for (unsigned long context = 0; syscall(SYS_io_setup, size, &context) == 0; context = 0)
			n += size;
	usleep(100000);
	if (n <= 1024)
		puts("ok");
	else
		printf("%ld requests\n", n);
	return 0;
}
