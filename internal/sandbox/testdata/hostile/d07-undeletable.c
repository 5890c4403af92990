// try: leaves what is hard to delete: closed directories, names that are options, paths or no text, a directory nobody may enter at the top
// want: AC
// limits: wall=10s
// runs: 3
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>
int main(void)
{
	static const char *names[] = {"-rf", "--no-preserve-root", "*", "$(touch x)", "`id`", "a\nb", "\x1b[2J", "\xff\xfe", " ", "..\\..", ";reboot;", "\"'"};
	DIR *d = opendir(".");
	int there = 0, made = 0, flags = 0x10; // immutable
	for (struct dirent *e; d && (e = readdir(d));)
		there += strcmp(e->d_name, ".") && strcmp(e->d_name, "..");
	if (d == 0 || there) {
		puts("something was left");
		return 0;
	}
	for (int i = 0; i < (int)(sizeof names / sizeof *names); i++) {
		if (mkdir(names[i], 0700) != 0 || chdir(names[i]) != 0)
			continue;
		int fd = open("inside", O_CREAT | O_WRONLY, 0);
		ioctl(fd, _IOW('f', 2, long), &flags);
		made += fd >= 0 && chdir("..") == 0 && chmod(names[i], 0) == 0;
	}
	chmod("/scratch", 0);
	chmod(".", 0);
	if (made == sizeof names / sizeof *names)
		puts("ok");
	else
		printf("%d of them\n", made);
	return 0;
}
