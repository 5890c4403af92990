// try: never reaps its children; the dead must count as processes, and be gone in the next test
// want: AC
// limits: processes=16
// runs: 3
#include <stdio.h>
#include <unistd.h>
int main(void)
{
	int n = 1, child;
	while (n < 1000 && (child = fork()) >= 0) {
		if (child == 0)
			_exit(0);
		n++;
	}
	if (n == 16)
		puts("ok");
	else
		printf("%d processes\n", n);
	return 0;
}
