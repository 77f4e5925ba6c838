package podroutes

import (
	"fmt"
	"net"
	"os"
	"path/filepath"

	"github.com/vishvananda/netlink"
	corev1 "k8s.io/api/core/v1"
)

const (
	cniFile  = "/etc/cni/net.d/10-pod-routes.conflist"
	protocol = netlink.RouteProtocol(94) // marks our routes, so that a node that left loses its own
)

// Addresses in use are files under dataDir: the node's truth about its pool.
const cniConfiguration = `{
  "cniVersion": "0.4.0",
  "name": "pods",
  "plugins": [
    {"type": "ptp", "mtu": 1500, "ipMasq": false, "ipam": {
      "type": "host-local", "dataDir": "/run/cni-ipam-state",
      "ranges": [[{"subnet": %q}]], "routes": [{"dst": "0.0.0.0/0"}]}},
    {"type": "portmap", "capabilities": {"portMappings": true}}
  ]
}
`

func apply(self string, nodes []*corev1.Node) error {
	wanted := map[string]bool{}
	for _, node := range nodes {
		at := network(node)
		switch {
		case at == nodeNetwork{}:
			continue
		case at.name == self:
			if err := writeCNI(at.podCIDR); err != nil {
				return err
			}
		default:
			wanted[at.podCIDR] = true
			if err := route(at); err != nil {
				return err
			}
		}
	}
	return dropOthers(wanted)
}

// writeCNI replaces the file in one step: containerd reads the folder while we write.
func writeCNI(podCIDR string) error {
	content := fmt.Sprintf(cniConfiguration, podCIDR)
	if before, err := os.ReadFile(cniFile); err == nil && string(before) == content {
		return nil
	}
	draft := filepath.Join(filepath.Dir(cniFile), ".draft")
	if err := os.WriteFile(draft, []byte(content), 0o644); err != nil {
		return err
	}
	return os.Rename(draft, cniFile)
}

func route(at nodeNetwork) error {
	_, destination, err := net.ParseCIDR(at.podCIDR)
	if err != nil {
		return err
	}
	wanted := &netlink.Route{Dst: destination, Gw: net.ParseIP(at.address), Protocol: protocol}
	if err := netlink.RouteReplace(wanted); err != nil {
		return fmt.Errorf("route to %s via %s (%s): %w", at.podCIDR, at.address, at.name, err)
	}
	return nil
}

func dropOthers(wanted map[string]bool) error {
	ours, err := netlink.RouteListFiltered(netlink.FAMILY_V4, &netlink.Route{Protocol: protocol}, netlink.RT_FILTER_PROTOCOL)
	if err != nil {
		return err
	}
	for _, old := range ours {
		if old.Dst == nil || wanted[old.Dst.String()] {
			continue
		}
		if err := netlink.RouteDel(&old); err != nil {
			return err
		}
	}
	return nil
}
