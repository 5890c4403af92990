// try: has the linker print an undefined symbol with a name of many kilobytes again and again, with terminal escapes in it
// want: CE
// limits: compile=3s
__asm__(".macro grow name:vararg\n.quad \\name\n.endm\n.rept 20000\n.quad undefined\x1b[31maaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n.endr");
extern int aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa(void);
int main(void) { return aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa(); }
