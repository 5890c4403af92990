// What sysinfo tells of the whole machine: the sender makes the number of processes odd
// in its sixteens.
// modes: during
// open: the C library cannot do without sysinfo
#include "channel.h"
#include <sys/sysinfo.h>
static int processes(void) {
  struct sysinfo s;
  return sysinfo(&s) ? 0 : s.procs;
}
static void transmit(int bit, int trial) {
  for (int i = 0; i < 40; i++) {
    int n = processes();
    if ((n + 1) / 16 % 2 == bit && (n + 1) % 16 > 4 && (n + 1) % 16 < 11) return;
    if (!fork()) for (;;) pause();
  }
}
static void prepare(int trial) {}
static int receive(int trial) { return processes() / 16 % 2; }
