// A trial as rows: under steady load one for each pod, in an episode one for the client and each lane; other measurements below.
import { makeAxis } from './axis.js'
import { makeRow } from './row.js'
import { makeStory } from './story.js'
import { count, quantity, seconds, shortPod, stateWord, words } from './words.js'
/** @import { Row, Rule } from './row.js' */
/** @import { EventOf } from './words.js' */

/** Order of the rows. */
const ranks = { client: 0, failed: 1, latency: 2, gauge: 3, service: 4, value: 5, node: 6, pod: 7 }

const hurtful = new Set(['evicted', 'failed', 'unready', 'unserved', 'stale', 'not-ready', 'memory-pressure', 'disk-pressure'])

/** Log scale: 5 ms is pale, 2 s is full. @param {number} us */
const latencyLevel = (us) => Math.max(0.08, Math.log(us / 5000) / Math.log(2_000_000 / 5000))

/** @type {Readonly<Record<string, string>>} */
const zeroWords = {
  trigger: 'the lab applies the trigger',
  'no trigger here': 'the other arms are triggered here; this arm has no trigger',
}

const keyReasons = new RegExp(words.keyReasons)

/** @param {EventOf<'trial-begins'>} begins @param {Element} into */
export const makeTrial = (begins, into) => {
  const { rateRps } = begins
  const story = makeStory()
  const axis = makeAxis()
  /** @type {Map<string, Row>} */
  const rows = new Map()
  /** Row, strand and state of each pod, node, Service and value. @type {Map<string, { row: Row, strand: number, state: string }>} */
  const lanes = new Map()
  /** @type {Rule[]} */
  const rules = []
  /** @type {number | null} */
  let zeroMs = null
  let evictions = 0

  /** @param {string} key @param {keyof typeof ranks} kind @param {string} name @param {string} detail */
  const rowOf = (key, kind, name, detail = '') => {
    const known = rows.get(key)
    if (known) return known
    const row = makeRow(name, detail, ranks[kind], begins.kind === 'steady' ? 26 : 15)
    const next = [...rows.values()].filter(({ rank }) => rank > row.rank).toSorted((a, b) => a.rank - b.rank)[0]
    into.insertBefore(row.element, next?.element ?? axis.element)
    rows.set(key, row)
    return row
  }

  /** @param {number} atMs @param {number} decimals */
  const clock = (atMs, decimals = 1) => (zeroMs === null ? 'set-up' : seconds(atMs - zeroMs, decimals))

  /** @param {Row} row @param {number} toMs @param {string} look @param {number} level */
  const cell = (row, toMs, look, level) => row.marks.push({ fromMs: toMs - 1000, toMs, look, level })

  /** @param {EventOf<'second'>} second */
  const perPod = ({ atMs, pods }) => {
    for (const pod of Object.keys(pods)) rowOf(`client ${pod}`, 'client', 'pod', shortPod(pod))
    const all = Object.values(pods).reduce((sum, replies) => sum + replies, 0)
    const strips = [...rows].filter(([key]) => key.startsWith('client '))
    for (const [key, row] of strips) {
      const replies = pods[key.slice('client '.length)] ?? 0
      const isHot = strips.length > 1 && replies / all > (1 + 1 / strips.length) / 2 // closer to all requests than to an even share
      row.most = rateRps
      cell(row, atMs, isHot ? 'hot' : 'even', replies)
      row.say(`${count(replies)}/s`, isHot)
    }
  }

  /** @param {EventOf<'second'>} second */
  const perClient = ({ atMs, pods, failed, notSent }) => {
    const answered = Object.values(pods).reduce((sum, replies) => sum + replies, 0)
    const isDown = answered === 0 && failed + notSent > 0
    const row = rowOf('client', 'client', 'client')
    row.most = rateRps
    cell(row, atMs, isDown ? 'failed' : 'even', isDown ? rateRps : answered)
    row.say(isDown ? 'down' : `${count(answered)}/s`, isDown)
  }

  /** @param {EventOf<'second'>} second */
  const onSecond = (second) => {
    const { atMs, latencyUs, gauges } = second
    if (begins.kind === 'steady' || begins.lastsMs === null) zeroMs ??= atMs - 1000
    if (begins.kind === 'steady') perPod(second)
    else perClient(second)
    const failed = second.failed + second.notSent
    const failures = rowOf('failed', 'failed', 'failed')
    cell(failures, atMs, 'failed', failed === 0 ? 0 : Math.max(0.5, failed / rateRps))
    failures.say(`${count(failed)}/s`, failed > 0)
    const latency = rowOf('latency', 'latency', 'p99')
    if (latencyUs) cell(latency, atMs, 'latency', latencyLevel(latencyUs.p99))
    latency.say(latencyUs ? quantity(latencyUs.p99 / 1000, 'ms') : '—')
    for (const { label, unit, value } of gauges) {
      const row = rowOf(`gauge ${label}`, 'gauge', label)
      row.most = unit === 'ratio' ? 1 : Math.max(row.most, value)
      cell(row, atMs, 'measured', value)
      row.say(quantity(value, unit))
    }
  }

  /** States of the pods in a row: `2 ready, 1 ending`. @param {Row} row */
  const tell = (row) => {
    const states = [...lanes.values()].filter((lane) => lane.row === row && lane.state !== 'gone').map(({ state }) => state)
    const told = [...new Set(states)].map((state) => {
      const times = states.filter((other) => other === state).length
      return row.strands > 1 ? `${times} ${stateWord(state)}` : stateWord(state)
    })
    row.say(
      told.join(', ') || 'gone',
      states.some((state) => hurtful.has(state)),
    )
  }

  /** @param {EventOf<'lane'>} lane */
  const onLane = ({ atMs, kind, name, group, state, text }) => {
    const isOther = kind === 'node' && name !== begins.node
    const key = `${kind} ${name}`
    if (isOther && state === 'ready' && !lanes.has(key)) return // shown only once it is not ready
    const label = kind === 'node' ? 'node' : kind === 'pod' ? group : name
    const detail = kind === 'service' ? 'Service' : isOther ? name : ''
    const row = rowOf(kind === 'pod' ? `pod ${group}` : key, kind, label, detail)
    const strands = [...lanes.values()].filter((lane) => lane.row === row).length
    const lane = lanes.get(key) ?? { row, strand: strands, state: 'gone' }
    lanes.set(key, lane)
    row.strands = Math.max(row.strands, lane.strand + 1)
    const open = row.marks.findLast(({ strand }) => strand === lane.strand)
    if (lane.state === state && (kind !== 'value' || open?.text === text)) return
    if (open && open.toMs === null) open.toMs = atMs
    lane.state = state
    const mark = { fromMs: atMs, toMs: null, look: state, strand: lane.strand, text }
    if (state === 'evicted') {
      row.marks.push({ ...mark, order: ++evictions })
      story.add(clock(atMs), `Eviction ${evictions}: ${name}.`, text)
    } else if (state !== 'gone') row.marks.push(mark)
    if (kind === 'value') row.say(text, state === 'stale')
    else tell(row)
  }

  /** @param {EventOf<'action'>} action */
  const onAction = ({ atMs, what, zero }) => {
    if (zero) zeroMs = atMs
    rules.push({ atMs, look: zero ? 'trigger' : 'action' })
    const told = zeroWords[what] ?? what
    story.add(clock(atMs), `${told.charAt(0).toUpperCase()}${told.slice(1)}.`)
  }

  /** Evictions are shown with the pod's state. @param {EventOf<'event'>} event */
  const onEvent = ({ atMs, reason, message }) => {
    if (reason !== 'Evicted' && keyReasons.test(reason)) story.add(clock(atMs), reason, message)
  }

  into.append(axis.element)
  for (const pod of begins.kind === 'steady' ? begins.pods : []) rowOf(`client ${pod}`, 'client', 'pod', shortPod(pod))
  return {
    story: story.element,
    clock,
    onSecond,
    onLane,
    onAction,
    onEvent,
    /** @param {number} fromMs @param {number} toMs @param {number} nowMs */
    draw: (fromMs, toMs, nowMs) => {
      for (const [key, row] of rows) {
        row.forget(fromMs)
        const isSilent = key.startsWith('client ') && row.marks.every(({ level }) => level === 0)
        if (!isSilent || begins.pods.includes(key.slice('client '.length))) continue
        row.element.remove()
        rows.delete(key)
      }
      for (const row of rows.values()) row.draw({ fromMs, toMs, nowMs }, rules)
      if (zeroMs !== null) axis.draw(zeroMs, fromMs, toMs)
    },
  }
}
