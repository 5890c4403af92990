// try: asks for its process id by the x32 interface; a foreign entry ends the process on engines with a filter of our own
// want: RE
// only: native
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
	syscall(0x40000000 | SYS_getpid);
	puts("ok");
}
