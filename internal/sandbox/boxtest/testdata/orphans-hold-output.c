// want: exit 0
// limits: wall=2s
// The parent ends at once; children in sessions of their own hold its output open.
#include <stdio.h>
#include <unistd.h>
int main(void) { for (int i = 0; i < 10; i++) if (fork() == 0) { setsid(); sleep(60); _exit(0); } puts("right"); return 0; }
