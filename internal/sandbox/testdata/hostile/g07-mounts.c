// try: has the assembler include the mount table and the control group, so that the error messages quote the host's paths
// want: CE
// log: !/root
// log: !/home
// log: !deemster
__asm__(".include \"/proc/self/mountinfo\"\n.include \"/proc/self/cgroup\"");
int main(void) { return 0; }
