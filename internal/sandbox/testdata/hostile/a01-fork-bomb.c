// try: forks in every process for ever; nothing else on the machine could fork or run
// want: TLE
// limits: cpu=500ms wall=10s
#include <unistd.h>
int main(void) { for (;;) fork(); }
