// try: begins with a mark that editors hide
// want: WA
#include <stdio.h>
int main(void)
{
	puts("\xef\xbb\xbfok");
	return 0;
}
