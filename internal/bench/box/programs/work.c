// Does the same work every time: argv[1] million steps.
#include <stdlib.h>

int main(int argc, char **argv) {
	unsigned long long x = 1;
	for (long long i = atoll(argv[1]) * 1000000; i > 0; i--)
		x = x * 6364136223846793005ull + 1442695040888963407ull;
	return x == 0;
}
