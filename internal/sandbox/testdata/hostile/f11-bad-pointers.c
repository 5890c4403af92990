// try: gives the kernel, and whoever may look over its shoulder, pointers to nothing, to the end of a page, and names of every kind; a tracer could trip over them
// want: AC
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static int bad;

static void want(const char *what, long result, int wanted)
{
	if (result >= 0 || errno != wanted && errno != ENOSYS)
		bad = printf("%s: %ld, %s\n", what, result, strerror(errno));
}

int main(void)
{
	char *pages = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	munmap(pages + 4096, 4096);
	char *edge = pages + 4095; // the last byte, and no end
	*edge = '/';
	void *wild[] = {NULL, (void *)1, edge + 1, (void *)-1, (void *)0xffff800000000000, (void *)0x0000800000000000, (void *)0xffffffffff600000};
	for (int i = 0; i < 7; i++) {
		want("open", syscall(SYS_open, wild[i], O_RDONLY), EFAULT);
		want("openat", syscall(SYS_openat, AT_FDCWD, wild[i], O_RDONLY), EFAULT);
		want("execve", syscall(SYS_execve, wild[i], wild[i], wild[i]), EFAULT);
		want("rename", syscall(SYS_rename, "/scratch/x", wild[i]), EFAULT);
		want("symlink", syscall(SYS_symlink, wild[i], "/scratch/l"), EFAULT);
		want("stat", syscall(SYS_stat, "/", wild[i]), EFAULT);
		want("getcwd", syscall(SYS_getcwd, wild[i], 4096), EFAULT);
		want("pipe", syscall(SYS_pipe, wild[i]), EFAULT);
	}
	want("unterminated", syscall(SYS_open, edge, O_RDONLY), EFAULT);
	char *name = malloc(1 << 20);
	memset(name, 'a', 1 << 20);
	name[(1 << 20) - 1] = 0;
	want("a name of a megabyte", open(name, O_RDONLY), ENAMETOOLONG);
	name[4096] = 0;
	want("a name of 4096 bytes", open(name, O_RDONLY), ENAMETOOLONG);
	name[256] = 0;
	want("a part of 256 bytes", open(name, O_CREAT | O_RDWR, 0600), ENAMETOOLONG);
	const char *odd[] = {"", "%s%n%p%s", "\xff\xfe\x80", "\xed\xa0\x80", "a\nb", "\033[2J", "$(id)", "`id`", "; rm -rf *", "-rf", "..."};
	want(odd[0], open(odd[0], O_CREAT | O_RDWR, 0600), ENOENT);
	for (int i = 1; i < 11; i++) {
		if (open(odd[i], O_CREAT | O_RDWR, 0600) < 0)
			bad = printf("odd name %d: %s\n", i, strerror(errno));
		want("execute it", execl(odd[i], odd[i], NULL), EACCES);
	}
	char *arguments[] = {edge, NULL};
	want("unterminated argument", syscall(SYS_execve, "/proc/self/exe", arguments, NULL), EFAULT);
	struct iovec parts[] = {{pages, 4096}, {(void *)1, 4096}};
	want("wild parts", writev(1, parts + 1, 1), EFAULT);
	want("too many parts", syscall(SYS_writev, 1, parts, 5000), EINVAL);
	want("no descriptor", read(1 << 30, pages, 1), EBADF);
	want("no call", syscall(100000), ENOSYS);
	if (!bad)
		puts("ok");
}
