// POSIX shared memory and named semaphores.
// modes: next later during
#include "channel.h"
#include <semaphore.h>
#include <sys/mman.h>
static void transmit(int bit, int trial) {
  if (!bit) return;
  (void)!ftruncate(shm_open("/x", O_CREAT | O_RDWR, 0666), 4096);
  sem_open("/x", O_CREAT, 0666, 3);
}
static void prepare(int trial) {}
static int receive(int trial) {
  int fd = shm_open("/x", O_RDWR, 0);
  sem_t *s = sem_open("/x", 0);
  return fd >= 0 || s != SEM_FAILED;
}
