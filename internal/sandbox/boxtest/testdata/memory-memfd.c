// want: memory
#define _GNU_SOURCE
#include <sys/mman.h>
#include <string.h>
#include <unistd.h>
static char block[1 << 20];
int main(void) { memset(block, 1, sizeof block); int fd = memfd_create("x", 0); for (;;) write(fd, block, sizeof block); }
