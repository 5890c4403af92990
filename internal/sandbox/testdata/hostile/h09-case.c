// try: prints the answer in other case: by default case does not count
// want: AC
#include <stdio.h>

int main(void)
{
	puts("oK");
}
