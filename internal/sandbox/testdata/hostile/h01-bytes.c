// try: prints every byte there is, in all pairs, and no valid text; what is said of it must be text all the same
// want: WA
// log: !
// log: !
#include <unistd.h>

int main(void)
{
	for (int a = 0; a < 256; a++)
		for (int b = 0; b < 256; b++) {
			unsigned char pair[2] = {a, b};
			write(1, pair, 2);
		}
}
