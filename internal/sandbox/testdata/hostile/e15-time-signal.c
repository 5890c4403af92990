// try: ends itself by SIGXCPU, as if its time were over; it is a crash like others
// want: RE
#include <signal.h>

int main(void)
{
	raise(SIGXCPU);
}
