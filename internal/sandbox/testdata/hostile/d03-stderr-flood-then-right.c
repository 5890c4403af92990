// try: prints 64 MiB to standard error and then the right answer: what is thrown away must hold up nobody
// want: AC
// limits: wall=20s
// runs: 2
#include <stdio.h>
#include <unistd.h>
int main(void)
{
	static char block[1 << 16];
	for (int i = 0; i < 1024; i++)
		if (write(2, block, sizeof block) != sizeof block)
			return 1;
	puts("ok");
	return 0;
}
