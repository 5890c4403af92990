// try: prints the answer and exits with 255: what ssh and container engines say of themselves; only 0 is right
// want: RE
#include <stdio.h>

int main(void)
{
	puts("ok");
	return 255;
}
