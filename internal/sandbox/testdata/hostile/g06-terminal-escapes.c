// try: puts terminal escapes, a carriage return and a link into the compiler's messages, for who reads the log in a terminal
// want: CE
// log: !
// log: !
#error "[2J[31mAC]0;owned]8;;http://evil.example\\click"
#pragma message "\033]52;c;ZXZpbA==\007"
int main(void) { return undefined_[; }
