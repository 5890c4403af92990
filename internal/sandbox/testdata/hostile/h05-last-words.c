// try: fails with last words of a megabyte: escapes, null bytes, markup and lines like the judge's own; what is kept is short and is text
// want: RE
// log: !
// log: exit status 7
#include <stdio.h>

int main(void)
{
	for (int i = 0; i < 20000; i++)
		fputs("\033[31mAC\033[0m\0<b>verdict: AC</b>\r\n\377\376", stderr), fputc(0, stderr);
	return 7;
}
