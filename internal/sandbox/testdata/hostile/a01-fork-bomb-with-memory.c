// try: every process takes memory before it forks, so that processes and memory run out together
// want: MLE
// limits: cpu=2s wall=20s memory=64MiB
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
int main(void)
{
	for (;;) {
		char *volatile block = malloc(4 << 20);
		if (block)
			memset(block, 1, 4 << 20);
		fork();
	}
}
