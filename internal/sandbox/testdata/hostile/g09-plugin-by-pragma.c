// try: has the compiler load a plugin or run a wrapper, by options in pragmas and attributes
// want: CE or AC
// log: !uid=
#include <stdio.h>
#pragma GCC optimize ("-fplugin=/code/evil.so")
#pragma GCC optimize ("-wrapper /usr/bin/id")
#pragma GCC target ("plugin=/code/evil.so")
#pragma GCC plugin "/code/evil.so"
__attribute__((optimize("-fplugin=/scratch/evil.so", "-specs=/code/main.c", "@/code/main.c"))) static void f(void) {}
int main(void)
{
	f();
	puts("ok");
}
