// try: prints megabytes of white space of every kind around the right answer, which makes no difference
// want: AC
// limits: output=8MiB
#include <stdio.h>

int main(void)
{
	for (int i = 0; i < 400000; i++)
		fputs(" \t\n\v\f\r", stdout);
	fputs("ok", stdout);
	for (int i = 0; i < 400000; i++)
		fputs("\n \r", stdout);
}
