// try: floods standard output byte by byte, a system call each
// want: OLE or TLE
// limits: cpu=1s wall=10s output=64KiB
#include <unistd.h>
int main(void)
{
	for (;;)
		write(1, "x", 1);
}
