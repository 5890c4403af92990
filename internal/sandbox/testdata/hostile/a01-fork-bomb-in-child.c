// try: forks a chain in which every parent ends at once, so that no process list is ever complete when it is killed
// want: TLE
// limits: cpu=500ms wall=10s processes=32
#include <unistd.h>
int main(void)
{
	if (fork() > 0)
		for (;;)
			pause(); // the first one stays: it is who is waited for
	for (;;)
		if (fork() > 0)
			_exit(0);
}
