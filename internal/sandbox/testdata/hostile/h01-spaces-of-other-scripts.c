// try: puts spaces that are none for the rules between the tokens: no-break, ideographic, zero width, line separator
// want: WA
// answer: ok ok ok ok ok\n
#include <stdio.h>

int main(void)
{
	puts("ok\u00a0ok\u3000ok\u200bok\u2028ok");
}
