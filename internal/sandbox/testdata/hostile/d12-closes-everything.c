// try: closes all that it has before it prints
// want: WA or RE
#include <stdio.h>
#include <unistd.h>
int main(void)
{
	for (int fd = 0; fd < 1024; fd++)
		close(fd);
	puts("ok");
	return 0;
}
