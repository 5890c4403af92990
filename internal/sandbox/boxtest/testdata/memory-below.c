// want: exit 0
// limits: memory=36MiB
// runs: 3
#include <stdlib.h>
#include <string.h>
int main(void) { char *p = malloc(30 << 20); memset(p, 1, 30 << 20); return p[12345] != 1; }
