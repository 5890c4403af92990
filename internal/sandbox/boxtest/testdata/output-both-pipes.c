// want: exit 0
// limits: output=8MiB
#include <unistd.h>
static char block[1 << 20];
int main(void) { write(2, block, sizeof block); write(1, block, sizeof block); write(2, block, sizeof block); return 0; }
