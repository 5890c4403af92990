// The inode numbers of process descriptors, which count all processes of the machine.
// modes: next later
#include "channel.h"
#include <sys/wait.h>
static long counter(void) {
  struct stat s;
  int fd = syscall(SYS_pidfd_open, getpid(), 0);
  if (fd < 0) syscall(SYS_clone, 0x1000 /* CLONE_PIDFD */ | 17, 0, &fd, 0, 0) ?: (_exit(0), 0);
  return fd < 0 || fstat(fd, &s) ? -1 : (long)s.st_ino;
}
static void transmit(int bit, int trial) {
  for (int i = 0; i < 600; i++) {
    int pid = fork();
    if (!pid) _exit(counter() < 0 ? 2 : (counter() + 32) / 256 % 2 != bit);
    int status;
    waitpid(pid, &status, 0);
    if (WEXITSTATUS(status) != 1) return;
  }
}
static void prepare(int trial) {}
static int receive(int trial) {
  long n = counter();
  return n >= 0 && n / 256 % 2;
}
