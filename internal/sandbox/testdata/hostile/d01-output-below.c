// try: prints exactly as much as it may: that must work
// want: AC
// limits: output=1MiB wall=10s
// runs: 2
#include <stdio.h>
int main(void)
{
	puts("ok");
	for (int i = 3; i < 1 << 20; i++)
		putchar('\n');
	return 0;
}
