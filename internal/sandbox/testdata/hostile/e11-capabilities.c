// try: takes back capabilities, identities and secure bits by every call there is, and looks for mounts that would honour set-user-id
// want: AC
#define _GNU_SOURCE
#include <errno.h>
#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/fsuid.h>
#include <sys/prctl.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

static int bad;

static void refused(const char *what, long result)
{
	if (result >= 0)
		bad = printf("%s worked\n", what);
}

int main(void)
{
	unsigned header[2] = {0x20080522, 0}, data[6] = {~0u, ~0u, ~0u, ~0u, ~0u, ~0u};
	gid_t root = 0;
	if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1)
		bad = puts("new privileges can be had");
	refused("capset", syscall(SYS_capset, header, data));
	refused("ambient", prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, 21, 0, 0));
	refused("secure bits", prctl(PR_SET_SECUREBITS, 0, 0, 0, 0) == 0 && prctl(PR_SET_SECUREBITS, 3, 0, 0, 0) == 0 ? 0 : -1);
	refused("setuid", setuid(0));
	refused("setgid", setgid(0));
	refused("setresuid", setresuid(0, 0, 0));
	refused("setresgid", setresgid(0, 0, 0));
	refused("setgroups", setgroups(1, &root));
	setfsuid(0);
	if (setfsuid(-1) == 0)
		bad = puts("setfsuid worked");
	if (!getuid() || !geteuid() || !getgid() || !getegid())
		bad = puts("I am root");
	gid_t groups[64];
	for (int i = getgroups(64, groups); i-- > 0;)
		if (groups[i] == 0)
			bad = puts("in group 0");
	memset(data, 0, sizeof data);
	syscall(SYS_capget, header, data);
	if (data[0] | data[1] | data[3] | data[4])
		bad = printf("capabilities %x %x\n", data[0], data[1]);
	for (int c = 0; c < 64; c++)
		if (prctl(PR_CAPBSET_READ, c, 0, 0, 0) == 1 && (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, c, 0, 0) == 1))
			bad = printf("capability %d\n", c);
	const char *places[] = {"/", "/usr", "/code", "/scratch", "/tmp", "/dev/shm"};
	for (int i = 0; i < 6; i++) {
		struct statvfs s;
		if (statvfs(places[i], &s) == 0 && !(s.f_flag & ST_NOSUID))
			fprintf(stderr, "%s honours set-user-id\n", places[i]); // harmless without new privileges
	}
	if (!bad)
		puts("ok");
}
