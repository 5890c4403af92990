// try: prints a message for each of 2^24 inclusions of itself
// want: CE
// limits: compile=2s
// log: left out
#if __INCLUDE_LEVEL__ < 24
#pragma message "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#include __FILE__
#include __FILE__
#endif
