import { defineClaims } from '../../harness/index.ts'

export const claims = defineClaims([
  {
    says: 'One pod has high latency while the others idle.',
    answer: 'reproduced',
    arms: ['incident'],
    how: 'one pod answers every request; p95 is several times that of control',
  },
  {
    says: 'One pod has high CPU use while the others idle.',
    answer: 'not-shown',
    how: 'the service time here is a timer, so that the load fits on two CPUs; the CPU of single server pods is not measured',
  },
  {
    says: 'kube-proxy picks a pod for each connection, not for each request.',
    answer: 'reproduced',
    arms: ['incident'],
    how: 'all connections are counted before the first request, and all of them end at one pod',
  },
  {
    says: 'kube-proxy picks by round robin.',
    answer: 'not-shown',
    how: 'by default it picks at random (iptables and nftables); only IPVS has round robin. The lab does not count picks yet',
  },
  {
    says: 'HTTP/1.x is mostly fine, since its clients open many short connections.',
    answer: 'partly',
    arms: ['control'],
    how: 'control opens a connection for every five requests, and is balanced; a pool of few long connections is not measured',
  },
  {
    says: 'Other keep-alive settings eased it for a while.',
    answer: 'reproduced',
    arms: ['max-connection-age'],
    how: 'mitigated: the load moves from pod to pod, and at each moment one pod has all of it',
  },
  {
    says: 'The repair is a mesh or an Ingress that balances requests.',
    answer: 'reproduced',
    arms: ['istio', 'proxyless-grpc', 'ingress', 'l7-proxy', 'client-side'],
    how: 'all of them; so does a client that balances, without a hop',
  },
  {
    says: 'Any mesh will do.',
    answer: 'refuted',
    arms: ['istio-tcp'],
    how: 'a mesh that treats the port as TCP balances connections, as kube-proxy does',
  },
])
