// Which pages of a toolchain's file are in memory: the sender drops them or reads them.
// modes: next later during
#include "channel.h"
#include <sys/mman.h>
#include <sys/uio.h>
#define PART "/usr/include/linux/nl80211.h"
#define AT (64 << 10)
static void transmit(int bit, int trial) {
  char page[4096];
  int fd = open(PART, O_RDONLY);
  void *map = mmap(NULL, AT + 4096, PROT_READ, MAP_SHARED, fd, 0);
  if (bit) {
    readahead(fd, 0, AT + 4096);
    (void)!pread(fd, page, sizeof page, AT);
    return;
  }
  madvise(map, AT + 4096, MADV_PAGEOUT);
  madvise(map, AT + 4096, MADV_DONTNEED);
  munmap(map, AT + 4096);
  posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
}
static void prepare(int trial) {}
static int receive(int trial) {
  char page[4096];
  unsigned char resident = 0;
  int fd = open(PART, O_RDONLY);
  struct iovec v = {page, sizeof page};
  struct { unsigned long at, length; } range = {AT, 4096};
  unsigned long cached[5] = {0};
  if (!syscall(451 /* cachestat */, fd, &range, cached, 0)) return cached[0] > 0;
  if (syscall(SYS_preadv2, fd, &v, 1, AT, 0, 8 /* RWF_NOWAIT */) < 0 && errno == EAGAIN) return 0;
  void *map = mmap(NULL, AT + 4096, PROT_READ, MAP_SHARED, fd, 0);
  if (!mincore(map + AT, 4096, &resident) && !(resident & 1)) return 0;
  long long start = now();
  (void)!pread(fd, page, sizeof page, AT);
  return now() - start < 20000;
}
