// try: floods standard error for ever, with standard output closed
// want: TLE
// limits: cpu=300ms wall=10s
#include <unistd.h>
int main(void)
{
	static char block[1 << 16];
	close(1);
	for (;;)
		write(2, block, sizeof block);
}
