// try: prints the answer with its last byte missing
// want: WA
// answer: 1 2 3 45\n
#include <stdio.h>

int main(void)
{
	fputs("1 2 3 4", stdout);
}
