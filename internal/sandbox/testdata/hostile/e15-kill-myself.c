// try: prints the answer and ends itself by SIGKILL, as if the memory had run out or the judge had done it
// want: RE
#include <signal.h>
#include <stdio.h>

int main(void)
{
	puts("ok");
	fflush(stdout);
	raise(SIGKILL);
}
