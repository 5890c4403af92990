// try: writes a result to every descriptor up to 4096, where a runner may wait for one; then prints something wrong
// want: WA
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
	const char *result = "{\"verdict\":\"AC\",\"status\":\"exited\",\"exit_code\":0,\"time\":1}\n";
	int reached = 0;
	for (int fd = 3; fd < 4096; fd++)
		reached += write(fd, result, strlen(result)) > 0 || send(fd, result, strlen(result), MSG_NOSIGNAL) > 0;
	puts(reached ? "somebody took it" : "nobody took it");
	return reached; // a descriptor that is not ours is a hole: RE
}
