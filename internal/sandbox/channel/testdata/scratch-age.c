// When and as what the working directory was made: it is new after a run that used it.
// modes: next
// open: a working directory that was not used is kept for the next run
#include "channel.h"
static void transmit(int bit, int trial) {
  rest(20);
  if (bit) close(open("/scratch/x", O_CREAT | O_WRONLY, 0644));
}
static void prepare(int trial) {}
static int receive(int trial) {
  struct stat s;
  stat("/scratch", &s);
  return now() - nanoseconds(s.st_ctim) < 15000000;
}
