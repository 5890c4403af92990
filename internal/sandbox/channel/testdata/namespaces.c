// The numbers of namespaces: the sender tries to make some.
// modes: next later during
#include "channel.h"
#include <sched.h>
#include <sys/wait.h>
static void transmit(int bit, int trial) {
  const int kinds[] = {CLONE_NEWUSER, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWIPC, CLONE_NEWUTS, CLONE_NEWCGROUP};
  for (int i = 0; bit && i < 7; i++) {
    unshare(kinds[i]);
    if (!syscall(SYS_clone, kinds[i] | 17, 0, 0, 0, 0)) for (;;) pause();
  }
}
static void prepare(int trial) {}
static int receive(int trial) {
  static const char *kinds[] = {"user", "mnt", "pid", "net", "ipc", "uts", "cgroup", "time"};
  char path[32], text[64] = "";
  unsigned long sum = 0;
  for (int i = 0; i < 8; i++) {
    sprintf(path, "/proc/self/ns/%s", kinds[i]);
    if (readlink(path, text, 63) > 0) sum += strtoul(strchr(text, '[') + 1, NULL, 10);
  }
  return sum % 2;
}
