// try: maps 100 MB of input and reads all of it, over and over, in little memory, where the input can be mapped at all
// want: AC
// limits: cpu=2s wall=20s memory=16MiB
// input-size: 100000000
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>
int main(void)
{
	long n = 0, size = 100000000;
	char *input = mmap(0, size, PROT_READ, MAP_SHARED, 0, 0);
	if (input == MAP_FAILED) {
		puts(read(0, &size, 1) == 1 ? "ok" : "no input"); // it is a pipe
		return 0;
	}
	for (int pass = 0; pass < 3; pass++)
		for (long i = 0; i < size; i += 4096)
			n += input[i] != 0;
	puts(n == 3 * ((size + 4095) / 4096) ? "ok" : "wrong");
	return 0;
}
