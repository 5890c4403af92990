// try: puts rules of its own over the box's, in the hope to replace them; they may only take more away
// want: AC
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
	uint64_t handled[2] = {1 << 13, 0}; // making links only
	struct { uint64_t access; int fd; } __attribute__((packed)) rule = {1 << 13, open("/", O_PATH)};
	int rules = syscall(444, handled, 8, 0);
	if (rules >= 0) {
		syscall(445, rules, 1, &rule, 0);
		syscall(446, rules, 0);
	}
	// A filter that allows everything cannot loosen the one that is there either.
	struct { uint16_t code; uint8_t yes, no; uint32_t k; } allow[] = {{6, 0, 0, 0x7fff0000}};
	struct { uint16_t length; void *filter; } program = {1, allow};
	syscall(SYS_seccomp, 1, 0, &program);
	prctl(PR_SET_SECCOMP, 2, &program);
	if (syscall(SYS_unshare, 0x10000000) == 0 || open("/code/new", O_CREAT | O_WRONLY, 0600) >= 0 || open("/new", O_CREAT | O_WRONLY, 0600) >= 0 || syscall(SYS_chroot, "/scratch") == 0)
		puts("the box became wider");
	else
		puts("ok");
}
