// modes: next later during
#include "times.h"
static int file(void) { return open(TOOLCHAIN, O_RDONLY); }
