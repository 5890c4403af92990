// try: prints the right answer and then more than is allowed: the comparison must not count
// want: OLE
// limits: output=256KiB
#include <stdio.h>

int main(void)
{
	puts("ok");
	for (;;)
		putchar(10);
}
