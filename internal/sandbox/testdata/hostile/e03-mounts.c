// try: reads the host's paths from the mount table: what is mounted from where names users, caches and data directories of the judge
// want: AC
#include <stdio.h>
#include <string.h>

int main(void)
{
	int bad = 0, lines = 0;
	const char *names[] = {"/proc/self/mountinfo", "/proc/thread-self/mountinfo"};
	for (int i = 0; i < 2; i++) {
		FILE *f = fopen(names[i], "r");
		char line[4096], root[1024], point[1024];
		while (f && fgets(line, sizeof line, f)) {
			lines++;
			if (sscanf(line, "%*d %*d %*s %1023s %1023s", root, point) != 2)
				continue;
			// "/usr" of the host at "/usr" tells nothing, nor does the name that the root
			// has in a bundle; a tmpfs begins at "/".
			// A file that the host has replaced since is "//deleted".
			char *deleted = strstr(root, "//deleted");
			if (deleted)
				*deleted = 0;
			unsigned r = strlen(root), p = strlen(point);
			if (!strcmp(point, "/") && !strchr(root + 1, '/'))
				continue;
			if (r > 1 && (r > p || strcmp(root, point + p - r))) {
				printf("%s at %s\n", root, point);
				bad = 1;
			}
		}
		if (f)
			fclose(f);
	}
	if (!bad)
		puts("ok");
	fprintf(stderr, "%d lines\n", lines);
}
