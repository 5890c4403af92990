// try: waits for a child that waits for its parent
// want: TLE
// limits: wall=400ms
#include <sys/wait.h>
#include <unistd.h>
int main(void)
{
	int child = fork();
	if (child == 0)
		for (;;)
			pause();
	return waitpid(child, 0, 0) != child;
}
