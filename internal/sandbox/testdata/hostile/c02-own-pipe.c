// try: reads from a pipe that only itself could write to
// want: TLE
// limits: wall=400ms
#include <unistd.h>
int main(void)
{
	char c;
	int p[2];
	if (pipe(p) != 0)
		return 1;
	return read(p[0], &c, 1) != 1;
}
