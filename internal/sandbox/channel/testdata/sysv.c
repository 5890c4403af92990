// System V shared memory, message queues and semaphores.
// modes: next later during
#include "channel.h"
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
static void transmit(int bit, int trial) {
  if (!bit) return;
  shmget(1000 + trial, 4096, IPC_CREAT | 0666);
  msgget(1000 + trial, IPC_CREAT | 0666);
  semget(1000 + trial, 1, IPC_CREAT | 0666);
}
static void prepare(int trial) {}
static int receive(int trial) {
  return shmget(1000 + trial, 0, 0) >= 0 || msgget(1000 + trial, 0) >= 0 || semget(1000 + trial, 0, 0) >= 0;
}
