// Processes that outlive the run, in a session of their own, and what shows of them.
// modes: next later during
#include "channel.h"
#include <signal.h>
static void transmit(int bit, int trial) {
  for (int i = 0; bit && i < 4; i++)
    if (!fork()) {
      setsid();
      signal(SIGTERM, SIG_IGN);
      if (fork()) _exit(0);
      close(0), close(1), close(2);
      for (;;) pause();
    }
}
static void prepare(int trial) {}
static int receive(int trial) {
  char path[32];
  for (int pid = 2; pid < 20000; pid++) {
    if (pid == getpid()) continue;
    if (!kill(pid, 0) || errno == EPERM || getsid(pid) > 0) return 1;
    sprintf(path, "/proc/%d", pid);
    if (pid < 2000 && !access(path, F_OK)) return 1;
  }
  return 0;
}
