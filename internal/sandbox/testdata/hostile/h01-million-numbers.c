// try: prints numbers until nobody takes more; a checker must not keep them
// want: OLE
// limits: output=4MiB cpu=3s wall=20s
#include <stdio.h>

int main(void)
{
	for (int i = 0; i < 1000000000; i++)
		printf("%d\n", i % 10);
}
