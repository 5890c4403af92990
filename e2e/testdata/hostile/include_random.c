// expect: CE
#include "/dev/urandom"
