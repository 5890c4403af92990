// try: waits for a signal that never comes
// want: TLE
// limits: wall=400ms
#include <unistd.h>
int main(void) { for (;;) pause(); }
