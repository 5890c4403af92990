// try: crashes by a null pointer because memory was refused to it: a handler that runs out of memory too
// want: MLE
// limits: memory=32MiB wall=10s
#include <signal.h>
#include <stdlib.h>
#include <string.h>
static void more(int s)
{
	(void)s;
	for (;;)
		memset(malloc(1 << 16), 1, 1 << 16);
}
int main(void)
{
	static char stack[1 << 16];
	stack_t other = {.ss_sp = stack, .ss_size = sizeof stack};
	struct sigaction action = {.sa_handler = more, .sa_flags = SA_ONSTACK};
	sigaltstack(&other, 0);
	sigaction(SIGSEGV, &action, 0);
	*(volatile int *)8 = 1;
	return 0;
}
