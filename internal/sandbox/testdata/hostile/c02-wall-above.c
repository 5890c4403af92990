// try: sleeps for just longer than it may, and then answers rightly
// want: TLE
// limits: wall=500ms
#include <stdio.h>
#include <unistd.h>
int main(void)
{
	usleep(510000);
	puts("ok");
	return 0;
}
