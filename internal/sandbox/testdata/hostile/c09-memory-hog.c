// try: eight processes stream through memory, so that a neighbour's every access is slow
// want: TLE
// limits: cpu=1s wall=20s memory=256MiB
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
int main(void)
{
	for (int i = 0; i < 3; i++)
		fork();
	char *volatile from = malloc(12 << 20), *volatile to = malloc(12 << 20);
	for (;;) {
		memcpy(to, from, 12 << 20);
		memcpy(from, to, 12 << 20);
	}
}
