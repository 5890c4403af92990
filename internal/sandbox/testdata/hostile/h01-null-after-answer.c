// try: prints a null byte after the answer, where readers of C strings stop
// want: WA
#include <unistd.h>

int main(void)
{
	write(1, "ok\0 and more\n", 13);
}
