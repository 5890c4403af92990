// try: gives the linker libraries, other loaders and commands through sections that it obeys
// want: CE or AC
// log: !uid=
#include <stdio.h>
__asm__(".section .drectve,\"yn\"\n.ascii \" -plugin /code/evil.so -l/etc/shadow \"\n.section .gnu.warning.puts\n.ascii \"@/etc/passwd\"\n"
	".section .interp,\"a\"\n.asciz \"/scratch/loader\"\n.section .note.dlopen\n.asciz \"/etc/shadow\"\n.text");
int main(void) { puts("ok"); }
