// try: prints the right answer and ends with another status than 0
// want: RE
#include <stdio.h>
int main(void)
{
	puts("ok");
	return 1;
}
