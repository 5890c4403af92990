// Runs a program over and over, as plainly as it goes: posix_spawn and wait. For every
// number on its input it runs "program < input > output" so many times and says how many
// nanoseconds all of it took.
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static long long now(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static int run(char *program, const char *input, const char *output) {
	char *arguments[] = {program, NULL};
	posix_spawn_file_actions_t files;
	pid_t child;
	int status;
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, 0, input, O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&files, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	int failed = posix_spawn(&child, program, &files, NULL, arguments, environ);
	posix_spawn_file_actions_destroy(&files);
	return failed || waitpid(child, &status, 0) != child || status;
}

int main(int argc, char **argv) {
	int times;
	if (argc != 4) return 2;
	while (scanf("%d", &times) == 1) {
		long long start = now();
		for (int i = 0; i < times; i++)
			if (run(argv[1], argv[2], argv[3])) return 1;
		printf("%lld\n", now() - start);
		fflush(stdout);
	}
	return 0;
}
