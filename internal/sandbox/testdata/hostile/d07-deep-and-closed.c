// try: nests directories a hundred thousand deep, as far as it goes, closes each behind it and stays at the bottom
// want: AC
// limits: wall=10s
// runs: 2
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
int main(void)
{
	int depth = 0;
	while (depth < 100000 && mkdir("x", 0700) == 0 && chdir("x") == 0) {
		chmod("..", 0);
		depth++;
	}
	if (fork() == 0)
		for (;;)
			pause();
	puts(depth > 0 ? "ok" : "not even one");
	return 0;
}
