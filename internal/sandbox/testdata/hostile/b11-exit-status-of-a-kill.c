// try: says itself that it was killed for memory, with the status shells give
// want: RE
#include <stdlib.h>
int main(void) { exit(137); }
