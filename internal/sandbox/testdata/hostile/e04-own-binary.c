// try: overwrites, renames, removes, truncates and links over its own executable in every way, so that the next test runs something else
// want: AC
// runs: 2
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static int bad;

static void refused(const char *what, long result)
{
	if (result >= 0) {
		printf("%s worked\n", what);
		bad = 1;
	}
}

int main(void)
{
	char self[512] = "";
	struct stat before, after;
	readlink("/proc/self/exe", self, sizeof self - 1);
	if (stat("/code", &before))
		return 3;
	const char *paths[] = {self[0] == '/' ? self : "/code/program", "/proc/self/exe", "/code/main.c"};
	for (int i = 0; i < 3; i++) {
		refused("open for writing", open(paths[i], O_WRONLY));
		refused("open for both", open(paths[i], O_RDWR));
		refused("truncate at open", open(paths[i], O_RDONLY | O_TRUNC));
		refused("truncate", truncate(paths[i], 0));
		refused("chmod", chmod(paths[i], 0777));
		refused("times", utimensat(AT_FDCWD, paths[i], NULL, 0));
		if (i != 1) {
			refused("unlink", unlink(paths[i]));
			refused("rename", rename(paths[i], "/code/gone"));
			refused("exchange", syscall(SYS_renameat2, AT_FDCWD, paths[i], AT_FDCWD, "/code", RENAME_EXCHANGE));
			refused("move away", rename(paths[i], "/scratch/gone"));
			refused("link over", link("/scratch", paths[i]));
		}
	}
	refused("new file", open("/code/new", O_CREAT | O_WRONLY, 0777));
	refused("nameless file", open("/code", O_TMPFILE | O_RDWR, 0600));
	refused("new directory", mkdir("/code/new", 0777));
	refused("new link", symlink("/scratch", "/code/new"));
	refused("new name", link("/code/main.c", "/code/new"));
	refused("mode of /code", chmod("/code", 0777));
	refused("rename /code", rename("/code", "/old"));
	refused("remove /code", rmdir("/code"));
	if (stat("/code", &after) || before.st_ino != after.st_ino || before.st_mtime != after.st_mtime)
		refused("change of /code", 0);
	if (!bad)
		puts("ok");
}
