// want: memory
// limits: memory=27MiB
#include <string.h>
char a[30 << 20];
int main(void) { memset(a, 1, sizeof a); return 0; }
