// try: many processes flood the same standard output
// want: OLE
// limits: cpu=2s wall=20s
#include <unistd.h>
int main(void)
{
	static char block[1 << 16];
	for (int i = 0; i < 4; i++)
		fork();
	for (;;)
		write(1, block, sizeof block);
}
