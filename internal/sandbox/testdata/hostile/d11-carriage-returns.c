// try: ends its lines as other systems do: that is white space
// want: AC
#include <stdio.h>
int main(void)
{
	fputs("\r\n ok \t\v\f\r\n\r", stdout);
	return 0;
}
