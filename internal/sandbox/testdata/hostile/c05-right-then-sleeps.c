// try: prints the right answer, closes everything and sleeps for ever
// want: TLE
// limits: wall=400ms
#include <stdio.h>
#include <unistd.h>
int main(void)
{
	puts("ok");
	fflush(stdout);
	for (int fd = 0; fd < 3; fd++)
		close(fd);
	for (;;)
		pause();
}
