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
