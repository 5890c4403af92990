// The times of a file that boxes share: the sender marks it in every way there is.
#include "channel.h"
static int file(void);
static void transmit(int bit, int trial) {
  char c;
  rest(20);
  if (!bit) return;
  int fd = file();
  futimens(fd, NULL);
  struct timespec t[2] = {{0, UTIME_OMIT}, {0, UTIME_NOW}};
  futimens(fd, t);
  (void)!fchown(fd, -1, -1);
  (void)!read(fd, &c, 1);
  char path[32];
  sprintf(path, "/proc/self/fd/%d", fd);
  (void)!chown(path, -1, -1);
  int again = open(path, O_RDWR);
  (void)!write(again, "x", 1);
  (void)!ftruncate(again, 1);
  fsync(fd);
}
static void prepare(int trial) {}
static int receive(int trial) {
  struct stat s;
  fstat(file(), &s);
  long long t = now() - 15000000;
  return nanoseconds(s.st_atim) > t || nanoseconds(s.st_mtim) > t || nanoseconds(s.st_ctim) > t;
}
