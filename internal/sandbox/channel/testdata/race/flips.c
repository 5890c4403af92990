// Changes what names stand for, as fast as it can: flips FLIPS HOST-FILE. It says "64"
// after so many flips. Nothing is opened through the links it makes.
#define _GNU_SOURCE
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int main(int argc, char **argv) {
  long flips = atol(argv[1]);
  const char *file = argv[2], *dir = dirname(strdup(file));
  const char *files[] = {file, "/canary/file", "/proc/self/fd/0", "../../../../../../../../canary/file"};
  const char *dirs[] = {dir, "/canary", "/usr", "/proc/self/cwd"};
  for (long i = 1; i <= flips; i++) {
    // A link, a file and a directory take turns at one name.
    unlink("link");
    symlink(files[i / 2 % 4], "link");
    close(open("plain", O_CREAT | O_WRONLY | O_EXCL, 0644));
    rename("plain", "name");
    renameat2(AT_FDCWD, "link", AT_FDCWD, "name", RENAME_EXCHANGE);
    link("name", "hard");
    renameat2(AT_FDCWD, "hard", AT_FDCWD, "link", RENAME_EXCHANGE);
    rename("link", "name");
    unlink("hard");
    if (i % 2) unlink("name");
    // A directory and a link to one at another.
    mkdir("real", 0755);
    symlink(dirs[i / 2 % 4], "dir-link");
    rename("real", "dir");
    renameat2(AT_FDCWD, "dir-link", AT_FDCWD, "dir", RENAME_EXCHANGE);
    unlink("dir/name");
    unlink("dir");
    unlink("dir-link/name");
    rmdir("dir-link");
    if (i % 64 == 0 && write(1, "64\n", 3) != 3) return 1;
  }
  return 0;
}
