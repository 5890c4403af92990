// try: doubles a text forty times by macros
// want: CE
// limits: compile=1s
#define A(x) x x
#define B(x) A(A(A(A(x))))
#define C(x) B(B(B(B(x))))
#define D(x) C(C(C(x)))
int main(void) { return D(0;) 0; }
