// try: computes for ever; the slot would never be free again
// want: TLE
// limits: cpu=300ms wall=10s
int main(void) { for (volatile int i = 0;; i++); }
