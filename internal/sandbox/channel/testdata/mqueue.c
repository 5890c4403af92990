// POSIX message queues.
// modes: next later during
#include "channel.h"
#include <mqueue.h>
static void name(char *n, int trial) { sprintf(n, "/x%d", trial); }
static void transmit(int bit, int trial) {
  char n[16];
  name(n, trial);
  if (bit) mq_open(n, O_CREAT | O_RDWR, 0666, NULL);
}
static void prepare(int trial) {}
static int receive(int trial) {
  char n[16];
  name(n, trial);
  return mq_open(n, O_RDONLY) != (mqd_t)-1;
}
