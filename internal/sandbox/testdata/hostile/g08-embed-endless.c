// try: embeds /dev/zero by every directive there is
// want: CE
// limits: compile=2s
__asm__(".data\n.incbin \"/dev/zero\"\n.incbin \"/dev/zero\", 0, 1 << 40\n.text");
static const unsigned char zero[] = {
#embed "/dev/zero"
};
int main(void) { return 0; }
