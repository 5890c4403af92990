// try: has the assembler make sections and symbols without end
// want: CE
// limits: compile=2s
__asm__(".altmacro\n.macro grow n\n.section .s\\n\ns\\n: .quad s\\n\n.if \\n < 100000000\ngrow %(\\n + 1)\n.endif\n.endm\n.rept 100000000\n.quad 1\n.endr\ngrow 1\n.text");
int main(void) { return 0; }
