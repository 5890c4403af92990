// try: prints the right answer and crashes: the comparison is made while it prints, and its result must not count
// want: RE
#include <stdio.h>

int main(void)
{
	puts("ok");
	fflush(stdout);
	__builtin_trap();
}
