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
    if (fcntl(shared(i), F_GETLEASE) == F_RDLCK) return 1;
    if (!fcntl(shared(i), F_SETLEASE, F_WRLCK)) fcntl(shared(i), F_SETLEASE, F_UNLCK);
    else if (errno == EAGAIN || errno == EBUSY) return 1;
    if (!fcntl(shared(i), F_GET_RW_HINT, &hint) && hint >= 2) return hint - 2;
  }
  return 0;
}
