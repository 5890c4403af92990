// try: prints the answer and exits with 124: timed out by timeout(1); only 0 is right
// want: RE
#include <stdio.h>

int main(void)
{
	puts("ok");
	return 124;
}
