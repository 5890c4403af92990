// want: exit 0
// runs: 2
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
int main(void) {
	for (int i = 0; i < 500; i++) { if (mkdir("d\n-rf", 0700)) return 1; if (chdir("d\n-rf")) return 1; }
	chmod("/scratch", 0);
	return chmod(".", 0) != 0;
}
