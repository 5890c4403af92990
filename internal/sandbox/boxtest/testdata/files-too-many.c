// want: exit 28
// errno 28 is "no space left on device"
// want on oci:runsc: memory
// gVisor does not limit the number of files; they take memory.
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
int main(void) { char n[32]; for (int i = 0;; i++) { sprintf(n, "f%d", i); int fd = open(n, O_CREAT | O_WRONLY, 0600); if (fd < 0) return errno; close(fd); } }
