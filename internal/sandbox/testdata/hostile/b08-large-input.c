// try: an honest program reads 100 MB of input in little memory; the pages of its input must not end it
// want: AC
// limits: cpu=2s wall=20s memory=16MiB
// input-size: 100000000
#include <stdio.h>
#include <unistd.h>
int main(void)
{
	static char block[1 << 16];
	long n = 0, k;
	while ((k = read(0, block, sizeof block)) > 0)
		n += k;
	if (n == 100000000)
		puts("ok");
	else
		printf("%ld bytes\n", n);
	return 0;
}
