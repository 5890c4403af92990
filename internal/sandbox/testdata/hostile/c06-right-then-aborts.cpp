// try: prints the right answer and throws what nobody catches
// want: RE
#include <iostream>
#include <stdexcept>
int main()
{
	std::cout << "ok" << std::endl;
	throw std::runtime_error("no");
}
