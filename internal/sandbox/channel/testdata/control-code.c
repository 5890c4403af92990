// A control: /code before it is sealed.
// modes: next
// control: unsealed
#include "channel.h"
static void transmit(int bit, int trial) {
  char path[32];
  sprintf(path, "/code/x%d", trial);
  if (bit) close(open(path, O_CREAT | O_WRONLY, 0644));
}
static void prepare(int trial) {}
static int receive(int trial) {
  char path[32];
  sprintf(path, "/code/x%d", trial);
  return !access(path, F_OK);
}
