// Keys of the user, the session and the process. Who calls for them is killed: so each
// call is made by a child.
// modes: next later during
#include "channel.h"
#include <sys/wait.h>
static void name(char *n, int trial) { sprintf(n, "x%d", trial); }
static void transmit(int bit, int trial) {
  char n[16];
  name(n, trial);
  for (int ring = -5; bit && ring < 0; ring++)
    if (!fork()) _exit(syscall(SYS_add_key, "user", n, "1", 1, ring) < 0);
    else wait(NULL);
}
static void prepare(int trial) {}
static int receive(int trial) {
  char n[16];
  int status;
  name(n, trial);
  if (!fork()) _exit(syscall(SYS_request_key, "user", n, NULL, 0) < 0);
  wait(&status);
  return status == 0;
}
