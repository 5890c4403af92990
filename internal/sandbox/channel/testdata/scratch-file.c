// Files in the working directory and the other writable places.
// modes: next later during
#include "channel.h"
static const char *places[] = {"/scratch/", "/tmp/", "/dev/shm/", "/code/", "/", "/dev/", "/etc/", "/proc/self/"};
static void name(char *path, int i, int trial) { sprintf(path, "%sx%d", places[i], trial); }
static void transmit(int bit, int trial) {
  char path[64];
  for (int i = 0; i < 8; i++) if (name(path, i, trial), bit) close(open(path, O_CREAT | O_WRONLY, 0644));
}
static void prepare(int trial) {}
static int receive(int trial) {
  char path[64];
  for (int i = 0; i < 8; i++) if (name(path, i, trial), !access(path, F_OK)) return 1;
  return 0;
}
