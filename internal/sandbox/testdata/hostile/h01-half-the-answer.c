// try: prints the beginning of the answer and ends
// want: WA
// answer: 1 2 3 4\n
#include <stdio.h>

int main(void)
{
	puts("1 2 3");
}
