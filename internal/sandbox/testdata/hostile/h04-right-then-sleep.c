// try: prints the right answer, closes its output and sleeps: the comparison must not count
// want: TLE
// limits: cpu=300ms wall=700ms
#include <stdio.h>
#include <unistd.h>

int main(void)
{
	puts("ok");
	fclose(stdout);
	close(2);
	sleep(100);
}
