// Looks whether anything is left of an earlier run. Process 1 may be seen: it is the box's own.
#include <dirent.h>
#include <stdio.h>
#include <string.h>
int main(void) {
	const char *places[] = {"/scratch", "/proc"};
	for (int i = 0; i < 2; i++) {
		DIR *d = opendir(places[i]);
		if (!d) { perror(places[i]); return 1; }
		int processes = 0;
		for (struct dirent *e; (e = readdir(d));) {
			if (i == 0 && strcmp(e->d_name, ".") && strcmp(e->d_name, "..")) { fprintf(stderr, "file %s\n", e->d_name); return 1; }
			if (i == 1 && e->d_name[0] >= '0' && e->d_name[0] <= '9' && strcmp(e->d_name, "1")) processes++;
		}
		if (i == 1 && processes != 1) { fprintf(stderr, "%d processes\n", processes); return 1; }
		closedir(d);
	}
	puts("clean");
	return 0;
}
