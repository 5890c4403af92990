// Locks on parts of shared files: of the process and of the open file.
// modes: next later during
#include "channel.h"
static void transmit(int bit, int trial) {
  struct flock l = {.l_type = F_RDLCK, .l_whence = SEEK_SET, .l_start = trial, .l_len = 1};
  for (int i = 0; bit && i < SHARED; i++) fcntl(shared(i), F_SETLK, &l), fcntl(shared(i), F_OFD_SETLK, &l);
}
static void prepare(int trial) {}
static int receive(int trial) {
  for (int i = 0; i < SHARED; i++) {
    struct flock l = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = trial, .l_len = 1}, o = l;
    if (!fcntl(shared(i), F_GETLK, &l) && l.l_type != F_UNLCK) return 1;
    if (!fcntl(shared(i), F_OFD_GETLK, &o) && o.l_type != F_UNLCK) return 1;
  }
  return 0;
}
