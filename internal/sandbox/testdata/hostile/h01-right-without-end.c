// try: prints the right answer without an end of line, byte by byte, with pauses
// want: AC
#include <time.h>
#include <unistd.h>

int main(void)
{
	struct timespec pause = {0, 20000000};
	write(1, "o", 1);
	nanosleep(&pause, 0);
	write(1, "k", 1);
}
