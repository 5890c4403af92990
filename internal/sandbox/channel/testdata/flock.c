// Whole-file locks on files that boxes share.
// modes: next later during
#include "channel.h"
#include <sys/file.h>
static void transmit(int bit, int trial) {
  for (int i = 0; bit && i < SHARED; i++) flock(shared(i), LOCK_EX | LOCK_NB);
}
static void prepare(int trial) {}
static int receive(int trial) {
  for (int i = 0; i < SHARED; i++)
    if (flock(shared(i), LOCK_EX | LOCK_NB) && errno == EWOULDBLOCK) return 1;
  return 0;
}
