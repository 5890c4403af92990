// want: memory or signal SIGSEGV
int down(int n) { volatile char frame[1024]; frame[0] = n; return down(n + 1) + frame[0]; }
int main(void) { return down(0); }
