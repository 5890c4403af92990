// want: exit 0
#include <fcntl.h>
int main(void) { for (int fd = 0; fd < 1024; fd++) if ((fcntl(fd, F_GETFD) >= 0) != (fd < 3)) return fd + 1; return 0; }
