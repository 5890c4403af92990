// try: prints the answer with other spaces and lines: by default they do not count
// want: AC
// answer: 1 2 3\n
#include <stdio.h>

int main(void)
{
	puts("\n\t1   2\r\n\n3");
}
