// try: 30 MiB in initialised data, which the program file holds, over a limit of 27 MiB
// want: MLE
// limits: memory=27MiB wall=10s
// runs: 2
#include <stdio.h>
extern char block[30 << 20];
__asm__(".data\nblock: .fill 30 << 20, 1, 7\n.previous");
int main(void)
{
	for (long i = 0; i < (long)sizeof block; i += 4096)
		block[i]++;
	puts(block[0] == 8 ? "ok" : "wrong");
	return 0;
}
