// Watches on shared files and directories.
// modes: watch
#include "channel.h"
#include <sys/inotify.h>
static int watch;
static void transmit(int bit, int trial) {
  char c;
  for (int i = 0; bit && i < SHARED; i++) (void)!read(shared(i), &c, 1);
  if (bit) access("/usr/include/linux/none", F_OK);
}
static void prepare(int trial) {
  watch = inotify_init1(IN_NONBLOCK);
  const char *places[] = {TOOLCHAIN, "/usr/include/linux", "/dev", "/dev/null", "/code", "/code/own", "/proc/self/fd/0", "/scratch"};
  for (int i = 0; i < 8; i++) inotify_add_watch(watch, places[i], IN_ALL_EVENTS);
}
static int receive(int trial) {
  char events[4096];
  return watch >= 0 && read(watch, events, sizeof events) > 0;
}
