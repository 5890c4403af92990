// try: fills the holes of sparse files through mappings, where no write is seen, beyond what the file system holds
// want: RE or MLE
// limits: memory=256MiB wall=10s
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
int main(void)
{
	char name[8];
	for (int i = 0; i < 4; i++) {
		snprintf(name, sizeof name, "m%d", i);
		int fd = open(name, O_CREAT | O_RDWR, 0600);
		if (ftruncate(fd, 40 << 20) != 0) {
			puts("not lengthened");
			return 0;
		}
		memset(mmap(0, 40 << 20, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0), 1, 40 << 20);
	}
	puts("160 MiB");
	return 0;
}
