// try: prints nan for 0; without a tolerance tokens are compared as they are
// want: WA
// answer: 0\n
#include <stdio.h>

int main(void)
{
	puts("nan");
}
