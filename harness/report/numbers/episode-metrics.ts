// What the metrics of episodes are called on paper and what they mean.
import type { Display } from './display.ts'

/** By name of the metric. */
export const episodeMetrics: Readonly<Record<string, Display>> = {
  client_down_s: {
    label: 'client down',
    means: 'seconds from the trigger on in which calls were due and none was answered',
  },
  longest_down_s: {
    label: 'longest time down',
    brief: 'longest down',
    means: 'the longest stretch in which no call was answered',
  },
  unserved_s: {
    label: 'unserved',
    means: 'how long, from the trigger on, the Service had no ready endpoint',
  },
  evictions: { label: 'evictions', means: 'pods that the kubelet evicted, of every kind' },
  no_preemption_victims: {
    label: 'no preemption victims',
    brief: 'no victims',
    means: 'nodes of which the scheduler said that no pod there may be preempted for the one that waits, at most at once',
  },
  preempted: {
    label: 'preempted pods',
    brief: 'preempted',
    means: 'pods that the scheduler removed for one of a higher priority',
  },
  node_pressure: {
    label: 'node under pressure',
    brief: 'pressure',
    means: 'whether the node told of memory or disk pressure after the trigger',
  },
  innocents_before_culprit: {
    label: 'innocents before the culprit',
    brief: 'innocents first',
    means: 'pods that were evicted before the one that caused the pressure',
  },
  first_innocent_s: {
    label: 'first innocent evicted',
    brief: '1st innocent',
    means: 'when, from the trigger on, the first pod was evicted that had not caused the pressure',
  },
  culprit_evictions: { label: 'culprit evictions', brief: 'culprit', means: 'evictions of the pod that caused the pressure' },
  disk_outside_mib: {
    label: 'written outside the small disk',
    brief: 'outside',
    means: 'growth of what the node has on its own disk, the small file system left out',
  },
  disk_used_mib: { label: 'disk used', means: 'used on the file system of the node’s kubelet' },
  disk_used_share: { label: 'disk used, share', brief: 'disk', means: 'of the node’s file system, the most during the episode' },
  host_disk_growth_mib: {
    label: 'growth of the host’s disk',
    means: 'of all that is used on the host’s file system below the nodes, whoever wrote it: etcd’s log among it',
  },
  node_pressure_s: { label: 'time under pressure', brief: 'pressure for', means: 'how long the node told of pressure' },
  innocents_evicted: { label: 'innocents evicted', means: 'evicted pods that had not caused the pressure' },
  served_at_end: {
    label: 'served at the end',
    brief: 'served',
    means: 'whether the client’s calls were answered in the last second',
  },
  pool_addresses: { label: 'addresses of the pool', brief: 'pool', means: 'addresses the node has for pods' },
  pool_used_share: {
    label: 'addresses in use, share',
    brief: 'pool used',
    means: 'of the node’s addresses, at the end, by its own store',
  },
  addresses_api: {
    label: 'addresses, API',
    means: 'pods on the node whose status tells an address, whether they still have it or not',
  },
  addresses_node: { label: 'addresses, node', means: 'addresses in use by the node’s own store: what is really taken' },
  addresses_over_baseline: {
    label: 'addresses beyond the baseline',
    brief: 'beyond baseline',
    means: 'in use at the end, without those that were before the fleet was',
  },
  records_left_behind: {
    label: 'records left behind',
    brief: 'records left',
    means: 'entries the operator keeps for pods that are gone: the clean-up that was skipped, or was not yet done',
  },
  config_changes: { label: 'changes', means: 'changes of what is in the ConfigMap, from the trigger on' },
  changes_missed: {
    label: 'changes missed',
    brief: 'missed',
    means: 'changes that were not used by all pods before the next one, or the end',
  },
  first_adopted_s: {
    label: 'first pod uses a change',
    brief: 'first uses it',
    means: 'from a change until the first pod uses it, the longest of all changes',
  },
  adopted_s: {
    label: 'all pods use a change',
    brief: 'all use it',
    means: 'from a change until all pods use it, the longest of all changes',
  },
  stale_s: { label: 'stale', means: 'how long, from the trigger on, a pod used something else than was set last' },
  failed_while_stale: {
    label: 'failed while stale',
    brief: 'failed stale',
    means: 'of the requests from 5 s after a change that was missed',
  },
  good_after_adoption: {
    label: 'good after adoption',
    means: 'of the requests after a change was used by all pods, until the next',
  },
  pods_replaced: { label: 'pods replaced', means: 'pods that were made after the trigger, and restarts of containers' },
  edits_of_nothing: { label: 'edits of nothing', means: 'edits of the ConfigMap that changed nothing of what is in it' },
  needless_replacements: {
    label: 'needless replacements',
    brief: 'needless',
    means: 'pods that were made after such an edit, before the next change',
  },
  connection_failed_lines: {
    label: '“Database connection failed”',
    brief: 'connection failed',
    means: 'lines of the log, of the pods that were there at the end',
  },
  unavailable_lines: {
    label: '“Database unavailable”',
    brief: 'unavailable',
    means: 'lines of the log that say that all five attempts failed',
  },
  observed_s: { label: 'observed', means: 'from the trigger to the end of the episode' },
}

type Named = (group: string) => Display

/** Metrics that are named after a group of pods: `critical_pending_s`. */
const ofGroups: Readonly<Record<string, Named>> = {
  pending_s: (group) => ({
    label: `${group} pending`,
    means: `the longest time in which a pod of ${group} waited for a node and none was ready; an episode may have ended before it got one`,
  }),
  priority: (group) => ({
    label: `priority of ${group}`,
    means: 'spec.priority as admission set it: a pod without a PriorityClass has 0, as any other has',
  }),
  evictions: (group) => ({
    label: `${group} evictions`,
    brief: `${group} evicted`,
    means: `pods of ${group} that the kubelet evicted`,
  }),
  replacements: (group) => ({ label: `${group} replacements`, means: `pods of ${group} that were made after the trigger` }),
  pods: (group) => ({ label: `pods of ${group}`, means: `pods of ${group} there were, from beginning to end` }),
  all_stuck_s: (group) => ({
    label: `all of ${group} stuck`,
    brief: 'all stuck',
    means: `how long all pods of ${group} were in Terminating at once`,
  }),
  stuck_at_end: (group) => ({
    label: `${group} stuck at the end`,
    brief: 'stuck at end',
    means: `pods of ${group} that were in Terminating at the end`,
  }),
  ready_s: (group) => ({
    label: `${group} ready after`,
    means: `from the last thing that was done, deploying it or a remedy, until a pod of ${group} was ready; or to the end`,
  }),
  ready_at_end: (group) => ({
    label: `${group} ready at the end`,
    brief: `${group} ready`,
    means: `whether a pod of ${group} was ready`,
  }),
  refusals: (group) => ({
    label: `${group} refused an address`,
    brief: 'refused',
    means: `events of the kubelet that said there was no address for a pod of ${group}`,
  }),
  blocked_by_taint: (group) => ({
    label: `${group} kept out by a taint`,
    brief: `${group} kept out`,
    means: `whether a pod of ${group} was pending while the node had a taint because of its condition`,
  }),
}

/** The display of a metric that is named after a group of pods; undefined of any other. */
export const groupMetric = (name: string): Display | undefined => {
  const [about, display] = Object.entries(ofGroups).find(([each]) => name.endsWith(`_${each}`)) ?? []
  return about === undefined ? undefined : display?.(name.slice(0, -about.length - 1).replaceAll('_', ' '))
}
