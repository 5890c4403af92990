// try: prints the answer and exits with 43: wrong answer by the ICPC validators; only 0 is right
// want: RE
#include <stdio.h>

int main(void)
{
	puts("ok");
	return 43;
}
