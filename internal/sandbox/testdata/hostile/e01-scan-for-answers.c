// try: reads every file outside the toolchains in search of the answer, which begins with "sesame-", and prints it; AC would mean that a hidden answer can be read
// want: WA
// answer: sesame-41c7f0
// limits: cpu=3s wall=6s
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char found[32];
static int files;

static void look_into(const char *path)
{
	static char text[1 << 20];
	int fd = open(path, O_RDONLY | O_NONBLOCK);
	if (fd < 0)
		return;
	ssize_t n = read(fd, text, sizeof text - 32);
	close(fd);
	files++;
	for (char *p = text; n > 0 && (p = memmem(p, text + n - p, "sesame-", 7)); p++)
		snprintf(found, sizeof found, "%.13s", p);
}

static void walk(const char *dir, int depth)
{
	// Our own source says what we look for.
	if (depth > 12 || !strncmp(dir, "/usr", 4) || !strncmp(dir, "/opt", 4) || !strncmp(dir, "/code", 5) || !strncmp(dir, "/cache/", 7))
		return;
	DIR *d = opendir(dir);
	if (!d)
		return;
	for (struct dirent *e; (e = readdir(d));) {
		if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, "..") || !strcmp(e->d_name, "self") || !strcmp(e->d_name, "thread-self"))
			continue;
		char path[4096];
		struct stat s;
		snprintf(path, sizeof path, "%s/%s", strcmp(dir, "/") ? dir : "", e->d_name);
		if (lstat(path, &s))
			continue;
		if (S_ISDIR(s.st_mode))
			walk(path, depth + 1);
		else if (S_ISREG(s.st_mode) || S_ISLNK(s.st_mode))
			look_into(path);
	}
	closedir(d);
}

int main(void)
{
	// The search is shown to work by what it must find: a file of our own.
	FILE *bait = fopen("/scratch/bait", "w");
	if (!bait)
		return 3;
	fprintf(bait, "see: %s-%s", "sesame", "000000");
	fclose(bait);
	walk("/scratch", 0);
	if (strcmp(found, "sesame-000000"))
		return 4;
	unlink("/scratch/bait");
	found[0] = 0;
	walk("/", 0);
	printf("%s\n", found[0] ? found : "nothing");
	fprintf(stderr, "%d files\n", files);
}
