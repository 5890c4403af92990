// want: cpu
// limits: cpu=300ms
#include <time.h>
int main(void) { while (clock() < 0.4 * CLOCKS_PER_SEC); return 0; }
