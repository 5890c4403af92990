// want: cpu
// want on oci:runsc: cpu or exit 0
// limits: cpu=300ms
// gVisor tells a program more time than it has had when other programs run as well.
#include <time.h>
int main(void) { while (clock() < 0.4 * CLOCKS_PER_SEC); return 0; }
