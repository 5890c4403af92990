// try: prints a negative count and then less than that many tokens
// want: WA
// answer: 3\n1\n2\n3\n
#include <stdio.h>

int main(void)
{
	puts("-1\n4294967295\n18446744073709551616\n-9223372036854775808");
}
