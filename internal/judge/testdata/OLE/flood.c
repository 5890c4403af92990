#include <string.h>
#include <unistd.h>

int main(void)
{
    static char line[1 << 16];
    memset(line, '\n', sizeof line);
    while (write(1, line, sizeof line) > 0)
        ;
}
