// What the input says: the sender tries to change it.
// modes: next later
#include "channel.h"
static void transmit(int bit, int trial) {
  char c = '0' + bit;
  (void)!pwrite(0, &c, 1, 0);
  (void)!pwrite(open("/proc/self/fd/0", O_RDWR), &c, 1, 0);
  (void)!pwrite(open("/dev/stdin", O_WRONLY), &c, 1, 0);
  syscall(SYS_fsetxattr, 0, "user.x", &c, 1, 0);
  if (bit) fchmod(0, 0600);
}
static void prepare(int trial) {}
static int receive(int trial) {
  char c = 0;
  struct stat s;
  (void)!pread(0, &c, 1, 0);
  if (c == '0' || c == '1') return c - '0';
  if (syscall(SYS_fgetxattr, 0, "user.x", &c, 1) == 1) return c - '0';
  fstat(0, &s);
  return (s.st_mode & 077) == 0;
}
