// try: asks for its process id by int 0x80; even a harmless call by a foreign entry ends the process on engines with a filter of our own
// want: RE
// only: native
#include <stdio.h>

int main(void)
{
	long pid;
	__asm__ volatile("int $0x80" : "=a"(pid) : "a"(20L) : "memory", "r8", "r9", "r10", "r11");
	puts("ok");
}
