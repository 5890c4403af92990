package gateway

import (
	"net/http"
	"net/netip"
	"strings"
)

// proxies are the addresses whose X-Forwarded-For and X-Forwarded-Proto are believed.
type proxies []netip.Prefix

func (p proxies) trust(a netip.Addr) bool {
	for _, prefix := range p {
		if prefix.Contains(a) {
			return true
		}
	}
	return false
}

// client is the address the request came from: the peer's, or, when the peer is a trusted
// proxy, the last address of X-Forwarded-For that no trusted proxy has. What stands
// further left was written by that client and proves nothing.
func (p proxies) client(r *http.Request) netip.Addr {
	peer := peerAddress(r)
	if !p.trust(peer) {
		return peer
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0; i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			return peer
		}
		peer = hop.Unmap().WithZone("")
		if !p.trust(peer) {
			return peer
		}
	}
	return peer
}

// overTLS reports whether the client's own connection is encrypted.
func (p proxies) overTLS(r *http.Request) bool {
	return r.TLS != nil ||
		p.trust(peerAddress(r)) && strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https")
}

// peerAddress is the zero Addr when the listener has no addresses (a Unix socket).
func peerAddress(r *http.Request) netip.Addr {
	ap, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return ap.Addr().Unmap().WithZone("")
}

// network is what one client can be expected to hold: an IPv4 address, or an IPv6 /64.
func network(a netip.Addr) netip.Addr {
	if a.Is6() {
		if prefix, err := a.Prefix(64); err == nil {
			return prefix.Addr()
		}
	}
	return a
}
