// try: directories in directories with the longest names, far below where any path reaches
// want: AC
// limits: wall=10s
// runs: 2
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
int main(void)
{
	char name[256];
	int n = 0;
	memset(name, 'd', 255);
	name[255] = 0;
	while (n < 200000 && mkdir(name, 0700) == 0 && chdir(name) == 0)
		n++;
	if (n > 0 && n <= 1000)
		puts("ok");
	else
		printf("%d deep\n", n);
	return 0;
}
