// try: allocations far beyond the limit, never used; whether the kernel promises them or not, nothing is charged
// want: AC
// limits: memory=16MiB
#include <stdio.h>
#include <stdlib.h>
int main(void)
{
	size_t sizes[] = {(size_t)1 << 30, (size_t)1 << 34, (size_t)1 << 40, (size_t)1 << 46, (size_t)-1 / 2};
	for (int i = 0; i < 5; i++) {
		char *volatile block = malloc(sizes[i]);
		(void)block;
	}
	puts("ok");
	return 0;
}
