// try: leaves a note for the next run in every place that can be written, and looks for the last run's
// want: AC
// runs: 3
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void)
{
	const char *places[] = {"/scratch", "/tmp", "/dev/shm", "/dev/mqueue", "/code", "/cache", "/dev", "/", "/etc", "/usr", "/opt", "/proc", "/run", "/var/tmp", "/run/lock", "/run/shm", "/run/user"};
	int written = 0;
	for (int i = 0; i < 3; i++) { // the last run's files, whatever they are called
		DIR *d = opendir(places[i]);
		for (struct dirent *e; d && (e = readdir(d));)
			if (strcmp(e->d_name, ".") && strcmp(e->d_name, ".."))
				printf("found %s/%s\n", places[i], e->d_name);
	}
	for (unsigned i = 0; i < sizeof places / sizeof *places; i++) {
		char path[64];
		struct stat s;
		sprintf(path, "%s/.note-for-the-next", places[i]);
		if (i > 2 && lstat(path, &s) == 0)
			printf("found %s\n", path);
		if (open(path, O_CREAT | O_WRONLY, 0666) < 0)
			continue;
		written++;
		if (i > 3) // queues have a file system of their own
			printf("%s can be written\n", places[i]);
	}
	puts(written ? "ok" : "not even /scratch can be written");
}
