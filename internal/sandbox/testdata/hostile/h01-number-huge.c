// try: prints 1e400 for inf; without a tolerance tokens are compared as they are
// want: WA
// answer: inf\n
#include <stdio.h>

int main(void)
{
	puts("1e400");
}
