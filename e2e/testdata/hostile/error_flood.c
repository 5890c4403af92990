// expect: TLE OLE
#include <unistd.h>

static char block[1 << 20];

int main(void) {
    for (;;)
        if (write(2, block, sizeof block) < 0) return 0;
}
