// want: exit 30
// errno 30 is "read-only file system"
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
int main(void) {
	const char *self = "/code/code-is-read-only";
	if (open(self, O_WRONLY) >= 0 || unlink(self) == 0 || open("/code/x", O_CREAT | O_WRONLY, 0600) >= 0) return 1;
	return errno;
}
