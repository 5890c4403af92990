// try: a child dies for want of memory, and the parent prints the right answer
// want: MLE
// limits: memory=32MiB wall=10s
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
int main(void)
{
	if (fork() == 0)
		for (;;) {
			char *volatile block = malloc(1 << 20);
			memset(block, 1, 1 << 20);
		}
	wait(0);
	puts("ok");
	return 0;
}
