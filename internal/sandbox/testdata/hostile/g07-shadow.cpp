// try: includes files of the host that a compiler without a box could read
// want: CE
// log: No such file
// log: !root:
#include "/etc/shadow"
int main() {}
