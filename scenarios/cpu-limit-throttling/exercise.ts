// A service that is slow on an idle node, although it uses little CPU time.
import { defineExercise } from '../../harness/index.ts'

export default defineExercise({
  pager:
    'Most replies of `server` take 185 ms and more, where 55 ms are normal, and p99 is 210 ms instead of 60 ms. No request ' +
    'fails, and `client` sends no more than two a second. `server` uses less than a tenth of a CPU, and its node is 80 % ' +
    'idle. Requests have to be answered as fast as usual with the same load and the same program, and the CPU that is ' +
    'reserved for `server` has to stay reserved.',
  hints: [
    'Compare what the container is given with what the kernel did with it: `kubectl get deployment server -o yaml`, under ' +
      'resources, and `kubectl exec deploy/server -- cat /sys/fs/cgroup/cpu.stat` (on cgroup v1 it is ' +
      '/sys/fs/cgroup/cpu/cpu.stat). Read it twice, ten seconds apart.',
    'nr_periods counts the periods of 100 ms in which the container ran, and nr_throttled those in which it was stopped: ' +
      'four of ten. In a healthy container nr_throttled does not grow. Graphs of CPU use show averages over many seconds, ' +
      'and an average does not show it.',
    'limits.cpu 200m means 20 ms of CPU time in each period of 100 ms, and a request takes 45 ms of CPU time. It runs for ' +
      '20 ms, is stopped until the period ends, though nobody else wants the CPU, and is stopped once more. What is ' +
      'reserved is said by requests.cpu: the scheduler places pods by it, and the kernel shares CPU time by it. Ask what ' +
      'the limit is there for.',
  ],
  solution: 'remove-limit',
  remember: [
    'A CPU limit is no speed but a quota: so many milliseconds in each period of 100 ms, and then a stop, also on an idle ' +
      'node.',
    'A request that needs more CPU time than the quota of one period is always slow, however low the average is; more ' +
      'replicas do not help.',
    'The CPU request is what the scheduler places by and what the kernel shares by: keep it, and alert on throttled periods.',
    'A limit is the tool against a greedy neighbour: without limits such a neighbour does more harm than this limit did.',
  ],
})
