// try: prints the answer without the space in it
// want: WA
// answer: 1 2 3\n
#include <stdio.h>

int main(void)
{
	puts("12 3");
}
