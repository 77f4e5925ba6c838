// What the offline node image is made of: versions, and the names kubeadm looks images up by.

export const kubernetes = { version: 'v1.34.4', major: '1', minor: '34' }

/** kubeadm v1.34.4's own image names, from `kubeadm config images list`. */
export const controlPlaneImages = [
  `registry.k8s.io/kube-apiserver:${kubernetes.version}`,
  `registry.k8s.io/kube-controller-manager:${kubernetes.version}`,
  `registry.k8s.io/kube-scheduler:${kubernetes.version}`,
  `registry.k8s.io/kube-proxy:${kubernetes.version}`,
  'registry.k8s.io/etcd:3.6.5-0',
]
export const corednsImage = 'registry.k8s.io/coredns/coredns:v1.12.1'
export const pauseImage = 'registry.k8s.io/pause:3.10.1'

export const debian = {
  suite: 'bookworm',
  /** Every image with a C library stands on this one, so that it is stored once. */
  base: ['ca-certificates', 'conntrack', 'iptables', 'libstdc++6'],
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
