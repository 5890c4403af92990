// Marks on the working directory itself, taken back as well as can be.
// modes: next
#include "channel.h"
static void transmit(int bit, int trial) {
  struct stat s;
  stat("/scratch", &s);
  struct timespec t[2] = {{trial * 2 + bit, 0}, {trial * 2 + bit, 0}};
  utimensat(AT_FDCWD, "/scratch", t, 0);
  if (bit) chmod("/scratch", 0700), chmod("/scratch", s.st_mode & 07777);
  if (bit) close(open("/scratch/x", O_CREAT | O_WRONLY, 0644)), unlink("/scratch/x");
  if (bit) syscall(SYS_setxattr, "/scratch", "user.x", "1", 1, 0);
}
static void prepare(int trial) {}
static int receive(int trial) {
  struct stat s;
  stat("/scratch", &s);
  if (s.st_mtim.tv_sec / 2 == trial) return s.st_mtim.tv_sec & 1;
  if (s.st_atim.tv_sec / 2 == trial) return s.st_atim.tv_sec & 1;
  close(open("/scratch/y", O_CREAT | O_WRONLY, 0644));
  stat("/scratch/y", &s);
  char c;
  return s.st_ino > 2 || syscall(SYS_getxattr, "/scratch", "user.x", &c, 1) == 1;
}
