#include <stdlib.h>
#include <unistd.h>

int main(void)
{
    close(0);
    close(1);
    abort();
}
