// try: prints half a million opening brackets, for checkers that descend into them
// want: WA
#include <stdio.h>

int main(void)
{
	for (int i = 0; i < 500000; i++)
		putchar("({["[i % 3]);
}
