// What /proc tells: of other processes, of mounts, of the machine, of the network.
// modes: next later during
#include "channel.h"
#include <dirent.h>
#include <sys/socket.h>
static void transmit(int bit, int trial) {
  for (int i = 0; bit && i < 50; i++) socket(AF_UNIX, SOCK_STREAM, 0);
  int fd = open("/proc/self/oom_score_adj", O_WRONLY);
  if (bit) (void)!write(fd, "500", 3);
  fd = open("/proc/self/autogroup", O_WRONLY);
  if (bit) (void)!write(fd, "5", 1);
  fd = open("/proc/self/coredump_filter", O_WRONLY);
  if (bit) (void)!write(fd, "0x7f", 4);
}
static void prepare(int trial) {}
static int receive(int trial) {
  static const char *files[] = {"loadavg", "stat", "meminfo", "vmstat", "uptime", "locks", "keys", "sys/fs/file-nr", "sys/kernel/ns_last_pid", "sysvipc/shm", "net/unix"};
  char path[64], text[65536];
  for (int i = 0; i < 11; i++) if (sprintf(path, "/proc/%s", files[i]), !access(path, F_OK)) return 1;
  FILE *f = fopen("/proc/self/net/sockstat", "r");
  int used = 0;
  if (f && fscanf(f, "sockets: used %d", &used) == 1 && used > 40) return 1;
  f = fopen("/proc/self/oom_score_adj", "r");
  int adjusted = 0;
  if (f && fscanf(f, "%d", &adjusted) == 1 && adjusted == 500) return 1;
  f = fopen("/proc/self/net/unix", "r");
  return f && fread(text, 1, sizeof text, f) > 2000;
}
