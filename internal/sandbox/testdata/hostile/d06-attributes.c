// try: hides data in the extended attributes of a file, which no size of it shows
// want: AC
// limits: wall=10s memory=32MiB
#include <fcntl.h>
#include <stdio.h>
#include <sys/xattr.h>
int main(void)
{
	static char value[60000];
	char name[32];
	int fd = open("file", O_CREAT | O_RDWR, 0600), n = 0;
	for (int i = 0; i < 10000; i++) {
		snprintf(name, sizeof name, "user.%d", i);
		if (fsetxattr(fd, name, value, sizeof value, 0) != 0)
			break;
		n++;
	}
	if (n * 60000L <= 1 << 20)
		puts("ok");
	else
		printf("%d attributes\n", n);
	return 0;
}
