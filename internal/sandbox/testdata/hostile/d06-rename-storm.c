// try: makes, renames and removes files in many processes as fast as it can
// want: TLE
// limits: cpu=500ms wall=20s
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
int main(void)
{
	char a[32], b[32];
	for (int i = 0; i < 3; i++)
		fork();
	snprintf(a, sizeof a, "a%d", getpid());
	snprintf(b, sizeof b, "b%d", getpid());
	for (;;) {
		close(open(a, O_CREAT | O_WRONLY, 0600));
		rename(a, b);
		link(b, a);
		unlink(b);
	}
}
