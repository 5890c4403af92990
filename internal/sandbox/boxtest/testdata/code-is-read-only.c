// want: exit 13 or exit 30
// errno 30 is "read-only file system", 13 "permission denied": the source is not the prisoner's
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
int main(void) {
	if (open("/code/x", O_CREAT | O_WRONLY, 0600) >= 0 || unlink("/code/code-is-read-only") == 0 || open("/code/code-is-read-only.c", O_WRONLY) >= 0) return 1;
	return errno;
}
