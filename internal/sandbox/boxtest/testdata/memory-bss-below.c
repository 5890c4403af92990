// want: exit 0
// limits: memory=36MiB
#include <string.h>
char a[30 << 20];
int main(void) { memset(a, 1, sizeof a); return 0; }
