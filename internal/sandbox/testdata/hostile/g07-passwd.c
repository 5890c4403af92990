// try: includes the users' list, so that the error messages quote it
// want: CE
// log: !root:
// log: !/root
// log: !daemon
#include "/etc/passwd"
#include "/etc/group"
int main(void) { return 0; }
