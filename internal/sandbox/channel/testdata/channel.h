// What every pair has: a sender that is told a bit, and a receiver that guesses it. Both
// know the number of the trial, as two who have agreed on a time would.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static void transmit(int bit, int trial);
static void prepare(int trial); // before the sender acts, in those that watch
static int receive(int trial);

// A file of the toolchain, which all boxes see and nothing else uses meanwhile.
#define TOOLCHAIN "/usr/include/linux/cdrom.h"

// Files that two boxes or two runs have in common, with a descriptor that is open to read.
#define SHARED 5
static int shared(int i) {
  static const char *paths[SHARED] = {TOOLCHAIN, "/dev/full", "/code/own", "/code", 0};
  return i == SHARED - 1 ? 0 : open(paths[i], O_RDONLY);
}

static long long now(void) {
  struct timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static long long nanoseconds(struct timespec t) { return t.tv_sec * 1000000000LL + t.tv_nsec; }

static void rest(int milliseconds) {
  struct timespec t = {0, milliseconds * 1000000L};
  nanosleep(&t, NULL);
}

static void say(const char *word) { (void)!write(1, word, strlen(word)); }

int main(int argc, char **argv) {
  int trial = atoi(argv[2]);
  if (!strcmp(argv[1], "send")) {
    transmit(atoi(argv[3]), trial);
    say("ready\n");
    if (!strcmp(argv[4], "hold")) for (;;) pause();
    return 0;
  }
  if (!strcmp(argv[1], "watch")) {
    char c;
    prepare(trial);
    say("ready\n");
    while (read(0, &c, 1) > 0) {}
  }
  say(receive(trial) ? "1" : "0");
  return 0;
}
