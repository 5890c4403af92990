// try: has no beginning
// want: CE
int answer(void) { return 42; }
