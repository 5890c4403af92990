// want: exit 0
// limits: cpu=1s
#include <time.h>
int main(void) { while (clock() < 0.8 * CLOCKS_PER_SEC); return 0; }
