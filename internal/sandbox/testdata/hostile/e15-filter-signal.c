// try: ends itself by SIGSYS, as if the filter had caught it, after the right answer
// want: RE
#include <signal.h>
#include <stdio.h>

int main(void)
{
	puts("ok");
	fflush(stdout);
	raise(SIGSYS);
}
