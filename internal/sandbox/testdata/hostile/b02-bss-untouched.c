// try: a static array far beyond the limit of which nothing is used; what is not used is not charged
// want: AC
// limits: memory=16MiB
#include <stdio.h>
char volatile block[1 << 30];
int main(void)
{
	puts(block[sizeof block - 1] == 0 ? "ok" : "not zero");
	return 0;
}
