// Which names the kernel remembers: the sender asks for one that is nowhere.
// modes: next later
#include "channel.h"
#include <linux/openat2.h>
static void name(char *path, int trial) { sprintf(path, "/usr/include/linux/channel-%d-%lld", trial, now() / 60000000000LL); }
static void transmit(int bit, int trial) {
  char path[128];
  name(path, trial);
  if (bit) access(path, F_OK);
}
static void prepare(int trial) {}
static int receive(int trial) {
  char path[128];
  struct open_how how = {.flags = O_RDONLY, .resolve = RESOLVE_CACHED};
  name(path, trial);
  return syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof how) < 0 && errno == ENOENT;
}
