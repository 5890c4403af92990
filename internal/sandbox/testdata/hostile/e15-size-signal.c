// try: ends itself by SIGXFSZ, as if it had written too much; it is a crash like others
// want: RE
#include <signal.h>

int main(void)
{
	raise(SIGXFSZ);
}
