// want: exit 1
// limits: processes=8
// runs: 2
#include <unistd.h>
int main(void) { for (int i = 0; i < 8; i++) { int p = fork(); if (p < 0) return 1; if (p == 0) { pause(); _exit(0); } } return 0; }
