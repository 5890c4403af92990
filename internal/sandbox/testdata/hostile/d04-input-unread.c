// try: answers before it has read its input, and never reads it; whoever feeds it would wait
// want: AC
// limits: wall=10s
// input-size: 50000000
#include <stdio.h>
#include <unistd.h>
int main(void)
{
	close(0);
	puts("ok");
	fflush(stdout);
	usleep(50000);
	return 0;
}
