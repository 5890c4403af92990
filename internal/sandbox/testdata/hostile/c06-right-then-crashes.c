// try: prints the right answer and crashes
// want: RE
#include <stdio.h>
int main(void)
{
	puts("ok");
	fflush(stdout);
	*(volatile int *)8 = 1;
	return 0;
}
