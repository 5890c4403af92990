// Threads, timers, files, processes and ways to wait, through the C library.
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MUST(what) do { if (!(what)) { perror(#what); exit(1); } } while (0)

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int count;
static volatile sig_atomic_t alarms;

static void *add(void *arg) {
  pthread_mutex_lock(&lock);
  count++;
  pthread_cond_signal(&changed);
  pthread_mutex_unlock(&lock);
  return arg;
}

static void on_alarm(int s) { alarms++; }

static void threads(void) {
  pthread_t t[4];
  for (int i = 0; i < 4; i++) MUST(!pthread_create(&t[i], NULL, add, NULL));
  pthread_mutex_lock(&lock);
  while (count < 4) pthread_cond_wait(&changed, &lock);
  pthread_mutex_unlock(&lock);
  for (int i = 0; i < 4; i++) MUST(!pthread_join(t[i], NULL));
}

static void timers(void) {
  signal(SIGALRM, on_alarm);
  struct sigevent e = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGALRM};
  struct itimerspec soon = {.it_value.tv_nsec = 1000000};
  timer_t id;
  MUST(!timer_create(CLOCK_MONOTONIC, &e, &id));
  MUST(!timer_settime(id, 0, &soon, NULL));
  while (!alarms) usleep(100);
  int fd = timerfd_create(CLOCK_MONOTONIC, 0);
  unsigned long ticks;
  MUST(!timerfd_settime(fd, 0, &soon, NULL));
  MUST(read(fd, &ticks, 8) == 8);
}

static void files(void) {
  char buffer[64];
  MUST(!mkdir("/tmp/d", 0700));
  FILE *f = fopen("/tmp/d/a", "w+");
  MUST(f && fputs("text", f) >= 0 && !fflush(f) && !fsync(fileno(f)));
  MUST(!fseek(f, 0, SEEK_SET) && fgets(buffer, sizeof buffer, f) && !strcmp(buffer, "text"));
  MUST(!fclose(f) && !rename("/tmp/d/a", "/tmp/d/b") && !symlink("b", "/tmp/d/c"));
  MUST(!posix_fallocate(open("/tmp/d/b", O_RDWR), 0, 8192) && !posix_fadvise(0, 0, 0, POSIX_FADV_SEQUENTIAL));
  int fd = open("/tmp/d/b", O_RDWR | O_CLOEXEC);
  char *map = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  MUST(map != MAP_FAILED && map[0] == 't' && !msync(map, 4096, MS_SYNC));
  DIR *d = opendir("/tmp/d");
  int names = 0;
  while (readdir(d)) names++;
  MUST(names == 4 && !unlink("/tmp/d/c") && !unlink("/tmp/d/b") && !rmdir("/tmp/d"));
  MUST(tmpfile());
}

static void processes(void) {
  sem_t *shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  MUST(!sem_init(shared, 1, 0));
  int pair[2], status;
  MUST(!socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
  pid_t child = fork();
  if (!child) {
    sem_wait(shared);
    _exit(write(pair[1], "x", 1) == 1 ? 7 : 8);
  }
  usleep(1000);
  sem_post(shared);
  int e = epoll_create1(0);
  struct epoll_event event = {.events = EPOLLIN};
  MUST(!epoll_ctl(e, EPOLL_CTL_ADD, pair[0], &event) && epoll_wait(e, &event, 1, -1) == 1);
  MUST(waitpid(child, &status, 0) == child && WEXITSTATUS(status) == 7);
  char line[16];
  FILE *p = popen("echo hello | tr a-z A-Z", "r");
  MUST(p && fgets(line, sizeof line, p) && !strcmp(line, "HELLO\n") && !pclose(p));
}

int main(void) {
  threads();
  timers();
  files();
  processes();
  puts("ok");
}
