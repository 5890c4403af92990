// How full file systems are, and how many files they hold.
// modes: next later during
#include "channel.h"
#include <sys/statvfs.h>
static void transmit(int bit, int trial) {
  char block[65536] = {0};
  int fd = open("/scratch/x", O_CREAT | O_WRONLY, 0644);
  for (int i = 0; bit && i < 64; i++) (void)!write(fd, block, sizeof block);
}
static void prepare(int trial) {}
static int receive(int trial) {
  struct statvfs v;
  unsigned long sum = 0;
  const char *places[] = {"/", "/usr", "/dev/null", "/scratch", "/code", "/proc"};
  for (int i = 0; i < 6; i++) if (!statvfs(places[i], &v)) sum += v.f_bfree / 1024 + v.f_ffree;
  return sum % 2;
}
