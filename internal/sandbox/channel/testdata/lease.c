// Leases on shared files, and hints of how they will be written.
// modes: next later during
#include "channel.h"
static void transmit(int bit, int trial) {
  unsigned long hint = bit + 2;
  for (int i = 0; i < SHARED; i++) {
    if (bit) fcntl(shared(i), F_SETLEASE, F_RDLCK), fcntl(shared(i), F_NOTIFY, 1);
    fcntl(shared(i), F_SET_RW_HINT, &hint);
  }
}
static void prepare(int trial) {}
static int receive(int trial) {
  for (int i = 0; i < SHARED; i++) {
    unsigned long hint = 0;
    int fd = shared(i), failed = fcntl(fd, F_SETLEASE, F_WRLCK);
    if (failed && (errno == EAGAIN || errno == EBUSY)) return 1;
    fcntl(fd, F_SETLEASE, F_UNLCK);
    if (!fcntl(fd, F_GET_RW_HINT, &hint) && hint >= 2) return hint - 2;
    if (fd) close(fd);
  }
  return 0;
}
