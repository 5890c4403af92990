// want: exit 13 or exit 30
// errno 30 is "read-only file system", 13 "permission denied": the source is not the prisoner's
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
int main(void) {
	if (open("/code/x", O_CREAT | O_WRONLY, 0600) >= 0 || unlink("/code/main") == 0 || open("/code/main.c", O_WRONLY) >= 0) return 1;
	return errno;
}
