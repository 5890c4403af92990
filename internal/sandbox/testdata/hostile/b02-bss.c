// try: a static array of half a gibibyte, all of it written
// want: MLE
// limits: memory=64MiB wall=10s
#include <string.h>
char block[512 << 20];
int main(void)
{
	memset(block, 1, sizeof block);
	return block[12345] != 1;
}
