#include <dlfcn.h>
int main() { return dlopen("/code/libevil.so", RTLD_NOW) == nullptr; }
