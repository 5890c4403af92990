// expect: TLE RE MLE
#include <unistd.h>

int main(void) {
    for (;;) fork();
}
