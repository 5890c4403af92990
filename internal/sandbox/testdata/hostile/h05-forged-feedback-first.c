// try: the same in the one token that is quoted, cut in the middle of a character
// want: WA
// log: !
// log: !‮
#include <stdio.h>

int main(void)
{
	puts("\033[2J<script>alert(1)</script>\u202e\u202e\u202e\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9");
}
