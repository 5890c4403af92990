// Sockets whose names are in no file system.
// modes: next later during
#include "channel.h"
#include <stddef.h>
#include <sys/socket.h>
#include <sys/un.h>
static int address(struct sockaddr_un *a, int trial) {
  *a = (struct sockaddr_un){.sun_family = AF_UNIX};
  return offsetof(struct sockaddr_un, sun_path) + 1 + sprintf(a->sun_path + 1, "channel-%d", trial);
}
static void transmit(int bit, int trial) {
  struct sockaddr_un a;
  int n = address(&a, trial), fd = socket(AF_UNIX, SOCK_STREAM, 0);
  if (bit) bind(fd, (void *)&a, n), listen(fd, 1);
}
static void prepare(int trial) {}
static int receive(int trial) {
  struct sockaddr_un a;
  int n = address(&a, trial), fd = socket(AF_UNIX, SOCK_STREAM, 0);
  return !connect(fd, (void *)&a, n) || bind(fd, (void *)&a, n);
}
