// try: prints 0042 for 42; without a tolerance tokens are compared as they are
// want: WA
// answer: 42\n
#include <stdio.h>

int main(void)
{
	puts("0042");
}
