// A control: an input that can be written to.
// modes: next later during
// control: writable
#include "channel.h"
static void transmit(int bit, int trial) {
  char c = '0' + bit;
  (void)!pwrite(0, &c, 1, 0);
}
static void prepare(int trial) {}
static int receive(int trial) {
  char c = 0;
  (void)!pread(0, &c, 1, 0);
  return c == '1';
}
