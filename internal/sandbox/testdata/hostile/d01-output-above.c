// try: prints one byte more than it may, all of it right, and ends
// want: OLE
// limits: output=1MiB wall=10s
// runs: 2
#include <stdio.h>
int main(void)
{
	puts("ok");
	for (int i = 3; i < (1 << 20) + 1; i++)
		putchar('\n');
	return 0;
}
