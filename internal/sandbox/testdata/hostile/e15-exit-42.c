// try: prints the answer and exits with 42: accepted by the ICPC validators; only 0 is right
// want: RE
#include <stdio.h>

int main(void)
{
	puts("ok");
	return 42;
}
