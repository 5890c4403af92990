// Ports and groups of every other family of sockets.
// modes: next later during
#include "channel.h"
#include <arpa/inet.h>
#include <linux/netlink.h>
#include <linux/vm_sockets.h>
#include <netinet/in.h>
#include <sys/socket.h>
static int taken(int trial) {
  struct sockaddr_in in = {.sin_family = AF_INET, .sin_port = htons(2000 + trial), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  struct sockaddr_vm vm = {.svm_family = AF_VSOCK, .svm_port = 2000 + trial, .svm_cid = VMADDR_CID_ANY};
  struct sockaddr_nl nl = {.nl_family = AF_NETLINK, .nl_pid = 2000 + trial};
  int r = 0;
  r |= bind(socket(AF_INET, SOCK_DGRAM, 0), (void *)&in, sizeof in) && errno == EADDRINUSE;
  r |= bind(socket(AF_VSOCK, SOCK_STREAM, 0), (void *)&vm, sizeof vm) && errno == EADDRINUSE;
  r |= bind(socket(AF_NETLINK, SOCK_RAW, NETLINK_USERSOCK), (void *)&nl, sizeof nl) && errno == EADDRINUSE;
  return r;
}
static void transmit(int bit, int trial) { if (bit) taken(trial); }
static void prepare(int trial) {}
static int receive(int trial) { return taken(trial); }
