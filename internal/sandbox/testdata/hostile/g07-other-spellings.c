// try: includes the same by digraphs, by a macro and by assembler, past who searches sources for words
// want: CE
// log: !root:
// log: !daemon
%:define FILE_NAME "/etc/shadow"
%:include FILE_NAME
%:include_next "/root/.bashrc"
__asm__(".include \"/etc/shadow\"");
int main(void) { return 0; }
