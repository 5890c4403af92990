// try: hard and symbolic links, names that cost an entry each and no space
// want: AC
// limits: wall=10s
// runs: 2
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
int main(void)
{
	char name[300];
	int n = 0;
	close(open("file", O_CREAT | O_WRONLY, 0600));
	for (int i = 0; i < 200000; i++) {
		snprintf(name, sizeof name, "%0250d", i);
		if ((i & 1 ? symlink(name, name) : link("file", name)) != 0)
			break;
		n++;
	}
	if (n > 0 && n <= 1000)
		puts("ok");
	else
		printf("%d links\n", n);
	return 0;
}
