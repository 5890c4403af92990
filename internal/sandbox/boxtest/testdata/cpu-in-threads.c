// want: cpu
// limits: cpu=300ms wall=10s
#include <pthread.h>
#include <unistd.h>
void *burn(void *p) { for (volatile int i = 0;; i++); }
int main(void) { pthread_t t; for (int i = 0; i < 3; i++) pthread_create(&t, 0, burn, 0); sleep(9); return 0; }
