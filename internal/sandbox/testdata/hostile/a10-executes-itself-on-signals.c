// try: answers every signal that it can catch by executing itself anew, on a stack of its own
// want: TLE
// limits: cpu=300ms wall=10s
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>
static char *arguments[] = {"again", 0};
static void again(int s) { (void)s; execv("/proc/self/exe", arguments); }
int main(void)
{
	stack_t stack = {.ss_sp = malloc(65536), .ss_size = 65536};
	sigaltstack(&stack, 0);
	struct sigaction action = {.sa_handler = again, .sa_flags = SA_ONSTACK | SA_NODEFER | SA_RESTART};
	for (int s = 1; s < 65; s++)
		sigaction(s, &action, 0);
	alarm(1);
	for (volatile int i = 0;; i++)
		;
}
