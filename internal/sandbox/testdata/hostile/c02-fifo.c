// try: opens a named pipe that nobody else opens, if it may make one; the wait cannot be seen from descriptors
// want: TLE or AC
// limits: wall=400ms
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
int main(void)
{
	if (mkfifo("pipe", 0600) != 0) {
		puts(errno == EPERM ? "ok" : "it could not begin");
		return 0;
	}
	return open("pipe", O_RDONLY) < 0;
}
