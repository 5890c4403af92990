// try: prints null bytes before the answer, which some readers skip
// want: WA
#include <unistd.h>

int main(void)
{
	write(1, "\0\0ok\n", 5);
}
