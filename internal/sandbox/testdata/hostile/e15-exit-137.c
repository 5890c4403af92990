// try: prints the answer and exits with 137: killed by signal 9, which could be taken for too much memory; only 0 is right
// want: RE
#include <stdio.h>

int main(void)
{
	puts("ok");
	return 137;
}
