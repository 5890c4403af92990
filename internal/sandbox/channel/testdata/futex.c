// Futexes: where a file is mapped, one belongs to the file, whoever maps it.
// modes: during
// open: the kernel has no namespace for futexes, and threads that share a file need them
#include "channel.h"
#include <linux/futex.h>
#include <sys/mman.h>
static int *word(void) { return mmap(NULL, 4096, PROT_READ, MAP_SHARED, open(TOOLCHAIN, O_RDONLY), 0); }
static void transmit(int bit, int trial) {
  int *w = word();
  if (bit && !fork()) for (;;) syscall(SYS_futex, w, FUTEX_WAIT, *w, NULL, NULL, 0);
  rest(5);
}
static void prepare(int trial) {}
static int receive(int trial) { return syscall(SYS_futex, word(), FUTEX_WAKE, 1, NULL, NULL, 0) > 0; }
