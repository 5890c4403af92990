// try: renames, removes and replaces the directories that things are mounted on, and links to elsewhere in their place
// want: AC
// runs: 2
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
	const char *places[] = {"/scratch", "/tmp", "/code", "/proc", "/dev", "/dev/shm", "/cache", "/etc", "/usr", "/bin", "/lib64"};
	int bad = 0;
	mkdir("/scratch/dir", 0777);
	symlink("/usr", "/scratch/link");
	for (unsigned i = 0; i < sizeof places / sizeof *places; i++) {
		struct stat before, after;
		int there = stat(places[i], &before) == 0;
		if (rename(places[i], "/scratch/gone") == 0 || rename(places[i], "/gone") == 0 || rmdir(places[i]) == 0 || unlink(places[i]) == 0 ||
			rename("/scratch/dir", places[i]) == 0 || rename("/scratch/link", places[i]) == 0 ||
			syscall(SYS_renameat2, AT_FDCWD, "/scratch/link", AT_FDCWD, places[i], RENAME_EXCHANGE) == 0 || symlink("/usr", places[i]) == 0)
			bad = printf("%s replaced\n", places[i]);
		if (there && (stat(places[i], &after) || before.st_ino != after.st_ino || before.st_dev != after.st_dev))
			bad = printf("%s is another\n", places[i]);
	}
	if (mkdir("/new", 0777) == 0 || symlink("/", "/new") == 0 || open("/new", O_CREAT | O_WRONLY, 0600) >= 0)
		bad = puts("the root can be written");
	if (!bad)
		puts("ok");
}
