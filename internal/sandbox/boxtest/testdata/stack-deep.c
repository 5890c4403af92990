// want: exit 0
// limits: memory=256MiB
// 80 MiB of stack: the stack may be as large as the memory.
int down(int n) { volatile char frame[1024]; frame[0] = n; return n == 0 ? 0 : down(n - 1) + frame[0] - frame[0]; }
int main(void) { return down(80 * 1000); }
