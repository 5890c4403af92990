// try: recursion that never ends
// want: MLE or RE
// limits: memory=64MiB wall=10s
static int down(int n) { volatile char frame[512]; frame[0] = (char)n; return down(n + 1) + frame[0]; }
int main(void) { return down(0); }
