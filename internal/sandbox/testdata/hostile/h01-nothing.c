// try: prints nothing, where a checker may wait for a first token
// want: WA
int main(void) { return 0; }
