// try: a vector that doubles until there is no memory
// want: MLE
// limits: memory=64MiB wall=10s
#include <vector>
int main()
{
	std::vector<int> numbers;
	for (;;)
		numbers.push_back(1);
}
