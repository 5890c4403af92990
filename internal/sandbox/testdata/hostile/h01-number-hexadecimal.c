// try: prints 0x2a for 42; without a tolerance tokens are compared as they are
// want: WA
// answer: 42\n
#include <stdio.h>

int main(void)
{
	puts("0x2a");
}
