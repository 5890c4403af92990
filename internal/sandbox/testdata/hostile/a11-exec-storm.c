// try: many processes execute themselves as fast as they can, each with another command line
// want: TLE
// limits: cpu=500ms wall=10s
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
int main(int n, char **v)
{
	char number[16];
	char *arguments[] = {"again", number, 0};
	if (n < 2)
		for (int i = 0; i < 8; i++)
			fork();
	snprintf(number, sizeof number, "%d", n < 2 ? 0 : atoi(v[1]) + 1);
	execv("/proc/self/exe", arguments);
	return 0;
}
