// try: floods standard output by the library, with a flush for each line
// want: OLE or TLE
// limits: cpu=1s wall=10s
#include <stdio.h>
int main(void)
{
	setvbuf(stdout, 0, _IOLBF, 1 << 12);
	for (;;)
		puts("ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok");
}
