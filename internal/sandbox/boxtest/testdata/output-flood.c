// want: output
#include <unistd.h>
static char block[1 << 20];
int main(void) { for (;;) write(1, block, sizeof block); }
