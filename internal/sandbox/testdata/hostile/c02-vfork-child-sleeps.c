// try: its child by vfork sleeps, and the parent cannot even be stopped before that has ended
// want: TLE
// limits: wall=400ms
#define _GNU_SOURCE
#include <unistd.h>
int main(void)
{
	if (vfork() == 0) {
		for (;;)
			pause();
	}
	return 0;
}
