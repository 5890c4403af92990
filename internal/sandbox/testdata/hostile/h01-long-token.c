// try: prints one token of four megabytes, for readers that keep a whole token
// want: WA
// limits: output=8MiB
#include <string.h>
#include <unistd.h>

int main(void)
{
	static char block[1 << 16];
	memset(block, 111, sizeof block);
	for (int i = 0; i < 64; i++)
		write(1, block, sizeof block);
}
