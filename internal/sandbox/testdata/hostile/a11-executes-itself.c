// try: executes itself for ever; limits and the count of processor time must outlive every exec
// want: TLE
// limits: cpu=300ms wall=10s
#include <unistd.h>
int main(int n, char **arguments)
{
	(void)n;
	execv("/proc/self/exe", arguments);
	return 0;
}
