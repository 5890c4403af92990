// try: floods standard output under the number of standard error
// want: OLE
// limits: wall=10s
#include <unistd.h>
int main(void)
{
	static char block[1 << 16];
	dup2(1, 2);
	close(1);
	for (;;)
		write(2, block, sizeof block);
}
