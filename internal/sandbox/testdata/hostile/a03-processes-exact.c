// try: starts processes until it cannot; the limit must hold exactly, and anew in the next test
// want: AC
// limits: processes=16
// runs: 2
#include <stdio.h>
#include <unistd.h>
int main(void)
{
	int n = 1;
	for (; n < 1000; n++) {
		int child = fork();
		if (child < 0)
			break;
		if (child == 0)
			for (;;)
				pause();
	}
	if (n == 16)
		puts("ok");
	else
		printf("%d processes\n", n);
	return 0;
}
