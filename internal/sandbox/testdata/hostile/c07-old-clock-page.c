// try: calls the page at a fixed address where kernels of old kept the clock
// want: AC or RE
#include <stdio.h>
int main(void)
{
	long (*clock)(long *) = (long (*)(long *))0xffffffffff600400;
	puts(clock(0) != 0 ? "ok" : "no time");
	return 0;
}
