// try: reads the processor's own counter of cycles, without the kernel
// want: AC or RE
#include <stdio.h>
#include <x86intrin.h>
int main(void)
{
	unsigned long long a = __rdtsc(), b;
	for (volatile int i = 0; i < 1000; i++)
		;
	b = __rdtsc();
	puts(b >= a ? "ok" : "backwards");
	return 0;
}
