// try: makes the dead as fast as it can, in sessions whose leaders are gone: all of them are the first process's to reap
// want: TLE
// limits: cpu=500ms wall=10s
#include <unistd.h>
int main(void)
{
	for (;;)
		if (fork() == 0) {
			setsid();
			for (int i = 0; i < 4; i++)
				if (fork() == 0)
					_exit(0);
			_exit(0);
		}
}
