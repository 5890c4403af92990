// try: floods standard output in blocks of a mebibyte
// want: OLE
// limits: wall=10s
#include <unistd.h>
int main(void)
{
	static char block[1 << 20];
	for (;;)
		write(1, block, sizeof block);
}
