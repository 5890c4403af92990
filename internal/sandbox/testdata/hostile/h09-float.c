// try: prints a number with more digits than the answer: without a tolerance that is another token
// want: WA
// answer: 0.5\n
#include <stdio.h>

int main(void)
{
	puts("0.50");
}
