import { defineClaims } from '../../harness/index.ts'

export const claims = defineClaims([
  {
    says: 'The node has CPU to spare, and the service has spikes of latency.',
    answer: 'reproduced',
    arms: ['incident'],
    how: 'most of the node is idle; p90 is several times that of control',
  },
  {
    says: 'Requests time out.',
    answer: 'not-shown',
    how: 'the client waits for 5 s, longer than any request takes here: the requests are slow, and none fails',
  },
  {
    says: 'The kernel stops a container that has used its limit until the next period, though the node is idle.',
    answer: 'reproduced',
    arms: ['incident'],
    how: 'read from cpu.stat of the container and of its pod, and predicted by a simulation',
  },
  {
    says: 'container_cpu_cfs_throttled_seconds_total and …_periods_total rise with the latency.',
    answer: 'reproduced',
    arms: ['incident'],
    how: 'the kubelet reports them, and the report shows them beside the latency of the same trials',
  },
  {
    says: 'Removing the limit and keeping the request is enough.',
    answer: 'reproduced',
    arms: ['remove-limit'],
    how: 'no stops, and the latency of control',
  },
  {
    says: 'A request alone keeps pods from taking too much CPU.',
    answer: 'refuted',
    arms: ['noisy-neighbour'],
    how: 'beside a neighbour with five times its request the service is slower than under its limit: a request guarantees a share, and limits nobody',
  },
  {
    says: 'A reasonable request is enough in most cases.',
    answer: 'reproduced',
    arms: ['right-sized-request', 'neighbour-without-request'],
    how: 'with a request of what it uses while it answers, or beside a neighbour without a request, the same greedy neighbour does no harm',
  },
  {
    says: 'A limit is a tool of isolation.',
    answer: 'reproduced',
    arms: ['noisy-neighbour-limited'],
    how: 'the neighbour under a limit does no harm',
  },
  {
    says: 'A memory limit ends the process instead.',
    answer: 'not-shown',
    how: 'another incident: the lab has none about the OOM killer yet',
  },
])
