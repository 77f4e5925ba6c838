// What the offline node image is made of besides the programs that are compiled.

export const debian = {
  suite: 'bookworm',
  /** Every image with a C library stands on this one, so that it is stored once. */
  base: ['ca-certificates', 'conntrack', 'iptables', 'libstdc++6', 'nftables'],
  node: [
    'ca-certificates',
    'conntrack',
    'containerd',
    'containernetworking-plugins',
    'dbus',
    'e2fsprogs',
    'ethtool',
    'iproute2',
    'iptables',
    'jq',
    'kmod',
    'mount',
    'nftables',
    'procps',
    'runc',
    'socat',
    'systemd',
    'systemd-sysv',
  ],
}
