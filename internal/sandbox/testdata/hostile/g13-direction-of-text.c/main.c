#include <stdio.h>
int main(void)
{
	/* ‮ } ⁦if (0)⁩ ⁦ */
	puts("ok");
}
