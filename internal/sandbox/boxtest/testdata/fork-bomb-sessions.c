// want: cpu or wall
// limits: cpu=500ms wall=2s
#include <signal.h>
#include <unistd.h>
int main(void) { signal(SIGTERM, SIG_IGN); for (;;) if (fork() == 0) { setsid(); if (fork() > 0) _exit(0); } }
