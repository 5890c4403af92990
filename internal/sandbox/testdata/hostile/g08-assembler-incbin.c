// try: embeds secret files into the executable by the assembler
// want: CE
// log: !root:
__asm__(".data\n.globl secret\nsecret: .incbin \"/etc/shadow\"\n.text");
int main(void) { return 0; }
