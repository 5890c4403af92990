// try: prints lines that look like the judge's own, with quotes, terminal escapes, markup and template words, to be shown in the checker's sentence
// want: WA
// log: !
#include <stdio.h>

int main(void)
{
	puts("\"\\n\033[2J\033[31mAC\033[0m\r\n<script>alert(1)</script><img/src=x>{{.Secret}}%s%n$(id)`id`\u202e");
}
