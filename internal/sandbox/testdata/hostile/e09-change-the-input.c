// try: writes to its own input by its descriptor, its name, a mapping and its attributes, so that the next test or the checker reads something else
// want: AC
// runs: 3
// input: 20 22\n
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static int bad;

static void refused(const char *what, long result)
{
	if (result >= 0)
		bad = printf("%s worked\n", what);
}

int main(void)
{
	char text[64] = "";
	if (read(0, text, sizeof text) != 6 || strcmp(text, "20 22\n")) {
		printf("the input is %s\n", text);
		return 0;
	}
	refused("write", pwrite(0, "99 99\n", 6, 0));
	refused("truncate", ftruncate(0, 0));
	refused("allocate", fallocate(0, 0, 0, 4096));
	refused("mode", fchmod(0, 0777));
	refused("owner", fchown(0, getuid(), getgid()));
	refused("times", futimens(0, NULL));
	refused("attribute", syscall(SYS_fsetxattr, 0, "user.x", "1", 1, 0));
	refused("copy", syscall(SYS_copy_file_range, open("/etc/passwd", O_RDONLY), NULL, 0, NULL, 3, 0));
	const char *names[] = {"/proc/self/fd/0", "/dev/stdin", "/dev/fd/0"};
	for (int i = 0; i < 3; i++) {
		refused("open", open(names[i], O_WRONLY));
		refused("open for both", open(names[i], O_RDWR));
		refused("truncate by name", truncate(names[i], 0));
		refused("mode by name", chmod(names[i], 0777));
	}
	char *page = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, 0, 0);
	refused("mapping", page == MAP_FAILED ? -1 : 0);
	page = mmap(0, 4096, PROT_READ, MAP_SHARED, 0, 0);
	if (page != MAP_FAILED)
		refused("right to write", mprotect(page, 4096, PROT_READ | PROT_WRITE));
	lseek(0, 3, SEEK_SET); // where the next run must not begin
	fcntl(0, F_SETFL, O_NONBLOCK | O_APPEND);
	if (!bad)
		puts("ok");
}
