// try: sleeps for less than the time on the clock that it has: that must work
// want: AC
// limits: wall=2500ms
#include <stdio.h>
#include <unistd.h>
int main(void)
{
	usleep(700000);
	puts("ok");
	return 0;
}
