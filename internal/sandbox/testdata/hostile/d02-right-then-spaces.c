// try: prints the right answer and then white space for ever, which the comparison would pass over
// want: OLE
// limits: wall=10s
#include <stdio.h>
int main(void)
{
	puts("ok");
	for (;;)
		putchar(' ');
}
