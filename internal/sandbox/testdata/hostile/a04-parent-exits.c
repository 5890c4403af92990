// try: a hundred children sleep on when the parent has ended; whoever waits for them waits for ever
// want: AC
// limits: processes=128 wall=10s
// runs: 2
#include <stdio.h>
#include <unistd.h>
int main(void)
{
	for (int i = 0; i < 100; i++) {
		int child = fork();
		if (child < 0) {
			printf("only %d children\n", i);
			return 0;
		}
		if (child == 0) {
			sleep(1000);
			_exit(0);
		}
	}
	puts("ok");
	return 0;
}
