// try: has the assembler write eight gigabytes of data, which the compiler never sees
// want: CE
// limits: compile=3s
__asm__(".data\n.fill 1 << 30, 8, 0x4141414141414141\n.text");
int main(void) { return 0; }
