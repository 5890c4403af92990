// want: cpu or wall
// limits: cpu=500ms wall=2s
#include <unistd.h>
int main(void) { for (;;) fork(); }
