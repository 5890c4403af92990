// Descriptors and memory files that stay open.
// modes: next later during
#include "channel.h"
static void transmit(int bit, int trial) {
  if (!bit) return;
  int fd = syscall(SYS_memfd_create, "channel", 0);
  (void)!write(fd, "x", 1);
  for (int i = 3; i < 64; i++) dup2(fd, i);
}
static void prepare(int trial) {}
static int receive(int trial) {
  struct stat s;
  for (int i = 3; i < 1024; i++) if (!fstat(i, &s)) return 1;
  return 0;
}
