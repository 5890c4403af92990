// How many others have mapped a page, as the kernel tells who looks at his own memory.
// modes: during
#include "channel.h"
#include <sys/mman.h>
static volatile char *map(void) {
  volatile char *m = mmap(NULL, 4096, PROT_READ, MAP_SHARED, open(TOOLCHAIN, O_RDONLY), 0);
  return (void)m[0], m;
}
static void transmit(int bit, int trial) { if (bit) map(); }
static void prepare(int trial) {}
static int receive(int trial) {
  unsigned long page = 0;
  volatile char *m = map();
  char line[512];
  int fd = open("/proc/self/pagemap", O_RDONLY);
  if (pread(fd, &page, 8, (unsigned long)m / 4096 * 8) == 8 && page >> 63) return !(page >> 56 & 1);
  FILE *f = fopen("/proc/self/smaps", "r");
  for (int here = 0, n; f && fgets(line, sizeof line, f);) {
    if (strstr(line, TOOLCHAIN)) here = 1;
    if (here && sscanf(line, "Shared_Clean: %d", &n) == 1) return n > 0;
  }
  return 0;
}
