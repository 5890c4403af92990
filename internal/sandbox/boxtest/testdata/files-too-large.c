// want: exit 27 or signal SIGXFSZ or exit 28
// limits: memory=256MiB
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
static char block[1 << 20];
int main(void) { int fd = open("big", O_CREAT | O_WRONLY, 0600); for (int i = 0; i < 100; i++) if (write(fd, block, sizeof block) < (long)sizeof block && errno) return errno; return 0; }
