// try: embeds a secret file by #embed, as C has it since 2023; a compiler without it refuses as well
// want: CE
// log: !root:
static const unsigned char secret[] = {
#embed "/etc/shadow"
};
int main(void) { return secret[0]; }
