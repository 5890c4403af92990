// try: prints the answer and then one token of four megabytes: too much at the end is wrong as well
// want: WA
// limits: output=8MiB
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(void)
{
	static char block[1 << 16];
	write(1, "ok ", 3);
	memset(block, 111, sizeof block);
	for (int i = 0; i < 64; i++)
		write(1, block, sizeof block);
}
