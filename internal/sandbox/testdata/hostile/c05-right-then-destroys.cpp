// try: prints the right answer and computes for ever in a destructor, after main
// want: TLE
// limits: cpu=300ms wall=20s
#include <iostream>
struct Forever {
	~Forever()
	{
		for (volatile int i = 0;; i = i + 1)
			;
	}
};
static Forever forever;
int main() { std::cout << "ok" << std::endl; }
