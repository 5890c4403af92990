// try: looks for what it was called with: arguments that a judge adds could be changed to options of something else
// want: AC
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
	if (argc != 1 || strpbrk(argv[0], " \t\n;$`'\"\\"))
		printf("%d arguments, called %s\n", argc, argv[0]);
	else
		puts("ok");
}
