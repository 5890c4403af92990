// try: one frame larger than the memory, and a jump over the guard page with it
// want: MLE or RE
// limits: memory=64MiB wall=10s
#include <string.h>
static int big(int n) { volatile char frame[512 << 20]; frame[0] = 1; memset((char *)frame, n, sizeof frame); return frame[12345]; }
int main(void) { return big(1) + 1; }
