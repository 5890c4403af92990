// want: exit 4
// The number of variables: PATH, HOME, LANG and TMPDIR.
extern char **environ;
int main(void) { int n = 0; while (environ[n]) n++; return n; }
