// try: closes its output and opens a file with the right answer as descriptor 1, so that the judge takes the file for the output
// want: WA
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
	int fd = open("/scratch/output", O_CREAT | O_RDWR, 0666);
	if (fd < 0 || dup2(fd, 1) != 1)
		return 3;
	puts("ok");
	fflush(stdout);
	char text[8] = "";
	if (pread(1, text, sizeof text, 0) != 3)
		return 4;
}
