// The inode numbers of pipes and sockets, which count upwards on each processor.
// modes: next later
// open: the kernel numbers them for all; nothing that asks for the number can be refused
#include "channel.h"
static unsigned long number(void) {
  int p[2];
  struct stat s;
  (void)!pipe(p);
  fstat(p[0], &s);
  close(p[0]), close(p[1]);
  return s.st_ino;
}
static void transmit(int bit, int trial) {
  for (int i = 0; i < 1100; i++) {
    unsigned long n = number() % 1024;
    if (n / 512 == bit && n % 512 < 300) return;
  }
}
static void prepare(int trial) {}
static int receive(int trial) { return number() % 1024 / 512; }
