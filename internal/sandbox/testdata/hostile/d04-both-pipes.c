// try: fills standard error while standard output is read, and the other way round, in blocks larger than a pipe
// want: AC
// limits: output=16MiB wall=20s
#include <stdio.h>
#include <string.h>
#include <unistd.h>
int main(void)
{
	static char block[1 << 20];
	memset(block, '\n', sizeof block);
	for (int i = 0; i < 8; i++)
		if (write(2, block, sizeof block) != sizeof block || write(1, block, sizeof block) != sizeof block)
			return 1;
	puts("ok");
	return 0;
}
