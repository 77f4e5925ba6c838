// Four values of one configuration over time: the ConfigMap's or Secret's, the mounted files', the environment's, and the one in use.
import { setTimeout as pause } from 'node:timers/promises'
import type { V1ConfigMap, V1Pod, V1Secret } from '@kubernetes/client-node'
import * as z from 'zod'
import { startInPod } from '../../kube/exec.ts'
import { watchObjects } from '../../kube/watch.ts'
import { LabError } from '../../model/lab-error.ts'
import type { Timeline } from '../../model/timeline.ts'
import { adoption, valuesSeen } from '../kit/adoption.ts'
import type { ConfigChange, Sample } from '../kit/adoption.ts'
import { at, rangesOf, longestSeconds } from '../../timeline/time-range.ts'
import { defineProbe } from '../kit/probe.ts'

const trial = { combined: 'median', observation: 'trial' } as const

export const probe = defineProbe({
  /**
   * `of`: the group of pods (label app), sampled in `container`. `configuration`: label selector of ConfigMaps and Secrets; of several, the last changed one counts.
   * `keys`: of the configuration; variables are called the same, and files in the folder that the variable `folder` names. `port`: `/in-use` there is a JSON object with `fields`.
   */
  options: z.strictObject({
    of: z.string(),
    container: z.string(),
    configuration: z.string(),
    keys: z.array(z.string()),
    folder: z.string(),
    port: z.int(),
    fields: z.array(z.string()),
  }),
  needsTimeline: true,
  metrics: () => ({
    config_changes: {
      label: 'changes',
      meaning: 'changes of what is in the ConfigMap or Secret, from the trigger on',
      unit: 'changes',
      counts: true,
      ...trial,
    },
    changes_missed: {
      label: 'changes missed',
      brief: 'missed',
      meaning: 'changes that were not used by all pods before the next one, or the end',
      unit: 'changes',
      counts: true,
      ...trial,
    },
    first_adopted_s: {
      label: 'first pod uses a change',
      brief: 'first uses it',
      meaning: 'from a change until the first pod uses it, the longest of all changes',
      unit: 's',
      ...trial,
    },
    adopted_s: {
      label: 'all pods use a change',
      brief: 'all use it',
      meaning: 'from a change until all pods use it, the longest of all changes',
      unit: 's',
      ...trial,
    },
    stale_s: {
      label: 'stale',
      meaning: 'how long, from the trigger on, a pod used something else than was set last',
      unit: 's',
      ...trial,
    },
    failed_while_stale: {
      label: 'failed while stale',
      brief: 'failed stale',
      meaning: 'of the requests from 5 s after a change that was missed',
      unit: 'ratio',
      ...trial,
    },
    success_after_adoption: {
      label: 'success after adoption',
      meaning: 'of the requests after a change was used by all pods, until the next',
      unit: 'ratio',
      ...trial,
    },
    pods_replaced: {
      label: 'pods replaced',
      meaning: 'pods that were made after the trigger, and restarts of containers',
      unit: 'pods',
      counts: true,
      ...trial,
    },
    noop_updates: {
      label: 'no-op updates',
      meaning: 'updates of the ConfigMap or Secret that left its content as it was',
      unit: 'edits',
      counts: true,
      ...trial,
    },
    unneeded_replacements: {
      label: 'unneeded replacements',
      brief: 'unneeded',
      meaning: 'pods that were made after such an update, before the next change',
      unit: 'pods',
      counts: true,
      ...trial,
    },
  }),
  start: async ({ kube, namespace, signal }, { of, container, configuration, keys, folder, port, fields }) => {
    const changes: ConfigChange[] = []
    const samples: Sample[] = []
    const ended = new AbortController()
    const stopped = AbortSignal.any([signal, ended.signal])
    const script = sampler(keys, folder, port, fields)

    const sample = async (pod: string): Promise<void> => {
      const { lines, done } = await startInPod(kube, { namespace, pod, container }, ['bash', '-c', script], stopped)
      done.catch(() => {}) // it ends with the pod or the episode
      for await (const line of lines) {
        const [file = '', environment = '', inUse = ''] = line.split('\t')
        samples.push({ atMs: Date.now(), pod, file, environment, inUse })
      }
    }
    const followed = new Set<string>()
    /** A connection may fail before the pod said anything; one that said a value is followed until its container ends. */
    const follow = async (pod: string): Promise<void> => {
      followed.add(pod)
      const isUnread = (): boolean => samples.every((each) => each.pod !== pod)
      while (followed.has(pod) && !stopped.aborted && isUnread()) {
        await sample(pod).catch(() => {})
        await pause(againMs, undefined, { signal: stopped }).catch(() => {})
      }
    }
    const watches = await Promise.all([
      ...(['ConfigMap', 'Secret'] as const).map((kind) =>
        watchObjects(kube, { apiVersion: 'v1', kind, namespace, labelSelector: configuration }, (object, change) => {
          const { data = {} } = object as V1ConfigMap | V1Secret
          const read = (text = ''): string => (kind === 'Secret' ? Buffer.from(text, 'base64').toString() : text)
          const value = keys.map((key) => read(data[key])).join(' / ')
          if (change !== 'gone') changes.push({ atMs: Date.now(), value, isFirst: change === 'listed' })
        }),
      ),
      watchObjects(kube, { apiVersion: 'v1', kind: 'Pod', namespace, labelSelector: `app=${of}` }, (object, change) => {
        const { metadata, status } = object as V1Pod
        const name = metadata?.name ?? ''
        const runs = status?.containerStatuses?.some((each) => each.name === container && each.state?.running)
        if (change === 'gone') followed.delete(name)
        else if (runs && !followed.has(name)) void follow(name)
      }),
    ])
    const stop = async (): Promise<void> => {
      ended.abort(new Error('the probe has ended'))
      await Promise.all(watches.map((watch) => watch.stop()))
    }
    return {
      seen: (timeline) => ({ lanes: timeline ? valuesSeen({ of, changes, samples, timeline }).lanes : [] }),
      end: async ({ load, timeline }) => {
        await stop()
        if (!timeline)
          throw new LabError('Values in use can be followed only in episodes, not under steady load', {
            exit: 'usage',
            next: 'remove the probe from the scenario, or make its trial an episode',
          })
        if (samples.length === 0)
          throw new LabError(`No value of ${of} could be read`, { next: `/in-use has to answer on port ${port}` })
        const { metrics, lanes, adopted } = adoption({ of, changes, samples, timeline }, load)
        const proof = adopted.map(
          ({ value, atMs, allMs }) =>
            `changed to ${value} at ${at(atMs)}: ${allMs === null ? 'never' : `from ${at(allMs)} on`} used by all pods of ${of}`,
        )
        const invalid = unreadPods(timeline, of, samples).map((pod) => `no value of ${pod} could be read on port ${port}`)
        return { metrics, proof, lanes, invalid }
      },
      stop: () => void stop(),
    }
  },
})

/** From the end of a connection to the next one. */
const againMs = 500

/** A pod that was ready for this long must have reported its values. */
const readableMs = 5000

/** Pods of the group that were ready but reported nothing: ignoring them would hide them. */
const unreadPods = (timeline: Timeline, of: string, samples: readonly Sample[]): string[] =>
  timeline.lanes
    .filter(({ kind, group }) => kind === 'pod' && group === of)
    .filter((lane) => longestSeconds(rangesOf(lane, ['ready'], timeline)) * 1000 >= readableMs)
    .map(({ name }) => name)
    .filter((name) => !samples.some(({ pod }) => pod === name))

/** Bash, in the container: a line every half second, with builtins except for the pause: files, environment, in use. */
const sampler = (keys: readonly string[], folder: string, port: number, fields: readonly string[]): string => `
join() { local joined=$1; shift; for each; do joined+=" / $each"; done; echo "$joined"; }
environment=()
for key in ${keys.join(' ')}; do
  while IFS= read -r -d '' line; do [[ $line == "$key="* ]] && environment+=("\${line#*=}"); done </proc/1/environ
done
while :; do
  files=()
  for key in ${keys.join(' ')}; do value=; read -r value <"$${folder}/$key"; files+=("$value"); done
  used=() reply=
  if exec 3<>/dev/tcp/127.0.0.1/${port}; then
    printf 'GET /in-use HTTP/1.0\\r\\n\\r\\n' >&3
    while read -r line || [[ -n $line ]]; do reply=$line; done <&3
    exec 3>&-
  fi
  for field in ${fields.join(' ')}; do [[ $reply =~ \\"$field\\":\\"([^\\"]*)\\" ]] && used+=("\${BASH_REMATCH[1]}"); done
  [[ \${#used[@]} -gt 0 ]] && printf '%s\\t%s\\t%s\\n' "$(join "\${files[@]}")" "$(join "\${environment[@]}")" "$(join "\${used[@]}")"
  sleep 0.5
done 2>/dev/null`
