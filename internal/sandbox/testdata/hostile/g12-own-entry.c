// try: puts data where the executable begins, so that it is none
// want: RE
__asm__(".data\n.globl main\nmain: .fill 64, 1, 6");
