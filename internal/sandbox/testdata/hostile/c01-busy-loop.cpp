// try: computes for ever
// want: TLE
// limits: cpu=300ms wall=10s
#include <atomic>
int main()
{
	std::atomic<int> n{0};
	for (;;)
		n++;
}
