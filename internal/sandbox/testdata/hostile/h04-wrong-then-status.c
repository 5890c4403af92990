// try: prints a wrong answer and ends with a status: it failed before it is wrong
// want: RE
#include <stdio.h>

int main(void)
{
	puts("no");
	return 1;
}
