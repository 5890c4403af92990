// Prints as many bytes as it is told to standard output and standard error.
#include <stdio.h>
#include <stdlib.h>
int main(int n, char **v) {
	for (long i = atol(v[1]); i > 0; i--) putchar('o');
	for (long i = atol(v[2]); i > 0; i--) fputc('e', stderr);
	return 0;
}
