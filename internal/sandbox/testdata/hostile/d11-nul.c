// try: prints the right answer with a zero byte behind it, where a text would end
// want: WA
#include <stdio.h>
int main(void)
{
	fwrite("ok\0\n", 1, 4, stdout);
	return 0;
}
