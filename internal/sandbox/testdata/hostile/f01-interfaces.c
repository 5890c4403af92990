// try: brings interfaces up, adds routes and makes tunnels, by netlink, ioctl and /dev/net/tun
// want: AC
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <net/route.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
	int bad = 0;
	int families[] = {AF_INET, AF_INET6, AF_UNIX, AF_NETLINK};
	for (int i = 0; i < 4; i++) {
		int fd = socket(families[i], SOCK_DGRAM, 0);
		struct ifreq r = {.ifr_flags = IFF_UP | IFF_RUNNING};
		struct rtentry route = {.rt_flags = RTF_UP};
		const char *names[] = {"lo", "eth0", "ens3", "docker0"};
		for (int j = 0; fd >= 0 && j < 4; j++) {
			strcpy(r.ifr_name, names[j]);
			r.ifr_flags = IFF_UP;
			// Where lo is up already, as containers have it, nothing is gained.
			struct ifreq old = r;
			if (ioctl(fd, SIOCGIFFLAGS, &old) == 0 && (old.ifr_flags & IFF_UP) && strcmp(names[j], "lo"))
				bad = printf("%s is up\n", names[j]);
			else if (!(old.ifr_flags & IFF_UP) && ioctl(fd, SIOCSIFFLAGS, &r) == 0)
				bad = printf("%s brought up\n", names[j]);
		}
		if (fd >= 0 && ioctl(fd, SIOCADDRT, &route) == 0)
			bad = puts("route added");
	}
	int tun = open("/dev/net/tun", O_RDWR);
	struct ifreq r = {.ifr_flags = IFF_TUN};
	if (tun >= 0 && ioctl(tun, TUNSETIFF, &r) == 0)
		bad = puts("tunnel made");
	// A dump of the links tells of the host's cards where netlink is open.
	int fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
	struct { struct nlmsghdr h; struct ifinfomsg m; } ask = {{sizeof ask, RTM_NEWLINK, NLM_F_REQUEST | NLM_F_ACK, 1, 0}, {.ifi_index = 1, .ifi_flags = 0, .ifi_change = IFF_UP}};
	if (fd >= 0 && send(fd, &ask, sizeof ask, 0) > 0) {
		struct { struct nlmsghdr h; struct nlmsgerr e; char more[1024]; } reply = {{0}};
		if (recv(fd, &reply, sizeof reply, 0) > 0 && reply.h.nlmsg_type == NLMSG_ERROR && reply.e.error == 0)
			bad = puts("link changed");
	}
	if (!bad)
		puts("ok");
}
