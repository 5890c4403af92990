// try: has the assembler print a hundred thousand errors
// want: CE
// limits: compile=2s
// log: left out
__asm__(".rept 100000\n.error \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"\n.endr");
int main(void) { return 0; }
