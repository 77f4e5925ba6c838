// How long a group of pods took to become ready after the last action, and the kubelet's message if it could not start one.
import * as z from 'zod'
import { defineTimelineProbe } from '../kit/probe.ts'

const trial = { combined: 'median', observation: 'trial' } as const

export const probe = defineTimelineProbe({
  /** `of`: the group. `refusal`: what an event about one of its pods says when it cannot start. */
  options: z.strictObject({ of: z.string(), refusal: z.string() }),
  metrics: ({ of }) => ({
    [`${of}_ready_s`]: {
      label: `${of} ready after`,
      meaning: `from the last thing that was done, deploying it or a remedy, until a pod of ${of} was ready; or to the end`,
      unit: 's',
      ...trial,
    },
    [`${of}_ready_at_end`]: {
      label: `${of} ready at the end`,
      brief: `${of} ready`,
      meaning: `whether a pod of ${of} was ready`,
      unit: 'yes',
      ...trial,
    },
    [`${of}_refusals`]: {
      label: `${of} refused an address`,
      brief: 'refused',
      meaning: `events of the kubelet that said there was no address for a pod of ${of}`,
      unit: 'events',
      counts: true,
      ...trial,
    },
  }),
  read: ({ lanes, events, actions, toMs }, _load, { of, refusal }) => {
    const own = lanes.filter(({ kind, group }) => kind === 'pod' && group === of)
    const readyMs = Math.min(...own.flatMap(({ states }) => states.find(({ state }) => state === 'ready')?.atMs ?? []), toMs)
    const lastActionMs = Math.max(...actions.map(({ atMs }) => atMs).filter((atMs) => atMs <= readyMs))
    const names = new Set(own.map(({ name }) => name))
    const refused = events.filter(({ name, message }) => names.has(name) && message.includes(refusal))
    return {
      metrics: {
        ...(own.length > 0 ? { [`${of}_ready_s`]: (readyMs - lastActionMs) / 1000 } : {}),
        [`${of}_ready_at_end`]: own.some(({ states }) => states.at(-1)?.state === 'ready') ? 1 : 0,
        [`${of}_refusals`]: refused.length,
      },
      proof: refused.slice(0, 1).map(({ reason, message }) => `kubelet, of ${of}: ${reason}: ${withoutIds(message)}`),
    }
  },
})

/** Removes container ids, which differ from try to try. */
const withoutIds = (message: string): string => message.replace(/"?[0-9a-f]{64}"?/g, '…')
