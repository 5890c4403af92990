// try: jumps into 32-bit code of its own, where int 0x80 and sysenter are at home, and asks for a namespace
// want: AC
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

// In 32-bit code: eax = 310 (unshare), ebx = CLONE_NEWUSER; call; then exit with 1 if that
// gave 0, else with 0.
static const unsigned char with_int80[] = {
	0xb8, 0x36, 0x01, 0, 0, 0xbb, 0, 0, 0, 0x10, 0xcd, 0x80, // int 0x80
	0x31, 0xdb, 0x85, 0xc0, 0x0f, 0x94, 0xc3,                 // ebx = eax == 0
	0xb8, 0x01, 0, 0, 0, 0xcd, 0x80, 0xf4,                    // exit(ebx)
};
static const unsigned char with_sysenter[] = {
	0xb8, 0x36, 0x01, 0, 0, 0xbb, 0, 0, 0, 0x10, 0x89, 0xe5, 0x0f, 0x34, // ebp = esp; sysenter
	0x31, 0xdb, 0x85, 0xc0, 0x0f, 0x94, 0xc3, 0xb8, 0x01, 0, 0, 0, 0xcd, 0x80, 0xf4,
};

static void jump(const unsigned char *code, int size)
{
	char *low = mmap(NULL, 1 << 16, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	if (low == MAP_FAILED)
		_exit(3);
	memcpy(low, code, size);
	struct { unsigned offset; unsigned short segment; } __attribute__((packed)) far = {(unsigned)(long)low, 0x23};
	__asm__ volatile("mov %0, %%rsp\n\tljmp *(%1)" : : "r"(low + (1 << 15)), "r"(&far) : "memory");
}

int main(void)
{
	int bad = 0, status;
	for (int i = 0; i < 2; i++) {
		int pid = fork();
		if (pid == 0)
			jump(i ? with_sysenter : with_int80, i ? sizeof with_sysenter : sizeof with_int80);
		if (pid < 0 || waitpid(pid, &status, 0) != pid || WIFEXITED(status) && WEXITSTATUS(status))
			bad = printf("way %d: status %x\n", i, status);
		fprintf(stderr, "way %d: status %x\n", i, status);
	}
	if (!bad)
		puts("ok");
}
