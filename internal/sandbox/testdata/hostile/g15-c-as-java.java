// try: is C sent as Java
// want: CE
// limits: compile=20s
#include <stdio.h>
int main(void) { puts("ok"); }
