// try: leaves pipes, sockets, directories without rights, locked and open files where the judge may look for files; opening a pipe would hang it
// want: AC
// runs: 2
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

int main(void)
{
	const char *names[] = {"output", "output.txt", "stdout", "program", "core", "a.out", "main", "result"};
	struct stat s;
	for (int i = 0; i < 8; i++)
		if (lstat(names[i], &s) == 0) {
			puts("the last run's files are there");
			return 0;
		}
	int made = 0;
	for (int i = 0; i < 8; i++)
		switch (i % 4) {
		case 0: // refused or not, both is right
			if (mkfifo(names[i], 0666) && mknod(names[i], S_IFCHR | 0666, 0x105))
				made += mkdir(names[i], 0777) == 0;
			else
				made++;
			break;
		case 1:
			made += mkdir(names[i], 0777) == 0 && chdir(names[i]) == 0 && mkdir("inner", 0) == 0 && chdir("..") == 0 && chmod(names[i], 0) == 0;
			break;
		case 2: {
			struct sockaddr_un a = {.sun_family = AF_UNIX};
			int fd = socket(AF_UNIX, SOCK_STREAM, 0);
			strcpy(a.sun_path, names[i]);
			made += bind(fd, (struct sockaddr *)&a, sizeof a) == 0 && listen(fd, 5) == 0;
			break;
		}
		case 3: {
			int fd = open(names[i], O_CREAT | O_RDWR, 0);
			made += fd >= 0 && write(fd, "x", 1) == 1;
		}
		}
	puts(made == 8 ? "ok" : "not all could be made");
}
