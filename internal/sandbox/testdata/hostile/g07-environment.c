// try: has the assembler and the preprocessor include the environment of compiler and judge, so that the error messages quote the settings
// want: CE
// log: !SECRET
// log: !TOKEN
// log: !PASSWORD
// log: !DEEMSTER
#include "/proc/self/environ"
__asm__(".include \"/proc/self/environ\"\n.include \"/proc/1/environ\"\n.include \"/proc/self/cmdline\"");
int main(void) { return 0; }
