// try: prints the answer and exits with 152: ended by SIGXCPU, which could be taken for too much time; only 0 is right
// want: RE
#include <stdio.h>

int main(void)
{
	puts("ok");
	return 152;
}
