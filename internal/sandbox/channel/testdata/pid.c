// The numbers of processes, which count upwards: the sender takes numbers until the next
// one will be in the right half of sixty-four.
// modes: next
#include "channel.h"
#include <sys/wait.h>
static void transmit(int bit, int trial) {
  for (;;) {
    int pid = fork();
    if (!pid) _exit(0);
    waitpid(pid, NULL, 0);
    if (pid / 32 % 2 == bit && pid % 32 / 8 == 1) return;
  }
}
static void prepare(int trial) {}
static int receive(int trial) { return getpid() / 32 % 2; }
