// try: prints bytes that are no text: the first halves of characters, lone surrogates, terminal commands
// want: WA
// log: !\x1b
#include <stdio.h>
int main(void)
{
	fputs("\x1b]52;c;aGk=\x07\xed\xa0\x80\xf0\x9f\xff\xc0\x80\x80\xe2\x80\xae<script>alert(1)</script>", stdout);
	for (int i = 0; i < 256; i++)
		putchar(i);
	return 0;
}
