// try: waits in select and poll with times that end beyond the limit, over and over, with hardly any processor time
// want: TLE
// limits: wall=400ms
#include <poll.h>
#include <sys/select.h>
int main(void)
{
	for (;;) {
		struct timeval t = {0, 20000};
		select(0, 0, 0, 0, &t);
		poll(0, 0, 20);
	}
}
