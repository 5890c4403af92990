// The position in the input, and its flags, when the judge passes one open file twice.
// modes: next later during
// stdin: one
#include "channel.h"
static void transmit(int bit, int trial) {
  lseek(0, bit ? 3 : 0, SEEK_SET);
  fcntl(0, F_SETFL, bit ? O_NONBLOCK : 0);
}
static void prepare(int trial) {}
static int receive(int trial) { return lseek(0, 0, SEEK_CUR) == 3 || fcntl(0, F_GETFL) & O_NONBLOCK; }
