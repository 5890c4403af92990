// try: makes a POSIX message queue and a named semaphore for the next run, and looks for the last run's
// want: AC
// runs: 2
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <semaphore.h>
#include <stdio.h>

int main(void)
{
	int bad = 0;
	if (mq_open("/note", O_RDWR) != (mqd_t)-1 || sem_open("/note", 0) != SEM_FAILED)
		bad = puts("the last run's is there");
	mqd_t q = mq_open("/note", O_CREAT | O_RDWR, 0666, NULL);
	if (q != (mqd_t)-1)
		mq_send(q, "1", 1, 0);
	sem_open("/note", O_CREAT, 0666, 1);
	if (!bad)
		puts("ok");
}
