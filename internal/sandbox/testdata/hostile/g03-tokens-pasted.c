// try: pastes tokens into a name of many megabytes, which the compiler then prints in its message
// want: CE
// limits: compile=1s
#define P(a, b) a##b
#define Q(a, b) P(a, b)
#define D0 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
#define D1 Q(D0, D0)
#define D2 Q(D1, D1)
#define D3 Q(D2, D2)
#define D4 Q(D3, D3)
#define D5 Q(D4, D4)
#define D6 Q(D5, D5)
#define D7 Q(D6, D6)
#define D8 Q(D7, D7)
#define D9 Q(D8, D8)
#define E1 Q(D9, D9)
#define E2 Q(E1, E1)
#define E3 Q(E2, E2)
#define E4 Q(E3, E3)
#define E5 Q(E4, E4)
#define E6 Q(E5, E5)
#define E7 Q(E6, E6)
#define E8 Q(E7, E7)
int main(void) { return E8; }
