// try: makes shared memory, semaphores and message queues with known keys for the next run, and looks for any that are there
// want: AC
// runs: 2
#include <errno.h>
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

int main(void)
{
	int bad = 0;
	for (int key = 0x1000; key < 0x1010; key++) {
		if (shmget(key, 0, 0) >= 0 || semget(key, 0, 0) >= 0 || msgget(key, 0) >= 0)
			bad = printf("key %x is there\n", key);
	}
	for (int id = 0; id < 5000; id++) {
		struct shmid_ds s;
		if (shmctl(id, SHM_STAT, &s) >= 0)
			bad = printf("shared memory %d is there\n", id);
		if (shmat(id, NULL, SHM_RDONLY) != (void *)-1)
			bad = printf("shared memory %d attached\n", id);
	}
	shmget(0x1001, 4096, IPC_CREAT | 0666); // refused or not, the next must not find it
	semget(0x1002, 1, IPC_CREAT | 0666);
	msgget(0x1003, IPC_CREAT | 0666);
	if (!bad)
		puts("ok");
}
