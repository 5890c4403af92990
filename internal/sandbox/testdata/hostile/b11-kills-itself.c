// try: kills itself as the kernel would, with little memory in use
// want: RE
#include <signal.h>
#include <unistd.h>
int main(void) { kill(getpid(), SIGKILL); return 0; }
