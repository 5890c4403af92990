// try: prints one word of nearly a mebibyte: the comparison must not keep it
// want: WA
#include <stdio.h>
int main(void)
{
	for (int i = 0; i < 1000000; i++)
		putchar("ok"[i & 1]);
	return 0;
}
