// want: signal SIGSYS
#include <sys/syscall.h>
#include <unistd.h>
int main(void) { syscall(SYS_keyctl, 0, 0); return 0; }
