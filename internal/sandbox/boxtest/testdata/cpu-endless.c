// want: cpu
// limits: cpu=300ms
int main(void) { for (volatile int i = 0;; i++); }
