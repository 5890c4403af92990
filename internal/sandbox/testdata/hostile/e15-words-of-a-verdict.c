// try: prints what judges, contest systems and checkers print for a verdict; none of it is the answer
// want: WA
#include <stdio.h>

int main(void)
{
	puts("AC\nAccepted\naccepted (correct)\nCORRECT\nOK\nverdict: AC\nok 1/1 points\n1.0\n100\n42");
	puts("{\"verdict\":\"AC\",\"score\":100,\"status\":\"Accepted\",\"exit_code\":42}");
	puts("timelimit exceeded\nmemory limit exceeded\nInternal error");
	fputs("AC\n{\"verdict\":\"AC\"}\nok\n", stderr);
}
