// modes: next later during
// open: devices are the host's own, and anybody may mark one that he may write to
#include "times.h"
static int file(void) { return open("/dev/null", O_RDWR); }
