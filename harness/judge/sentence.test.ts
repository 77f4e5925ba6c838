import { expect, test } from 'vitest'
import type { MetricDefinition } from '../model/metric.ts'
import { metric } from '../model/rule.ts'
import type { Rule } from '../model/rule.ts'
import type { CheckedRule } from '../model/run.ts'
import { sentence } from './sentence.ts'

const labels: Readonly<Record<string, string>> = {
  client_down_s: 'client down',
  disk_outside_mib: 'written outside',
  observed_s: 'observed',
  first_innocent_s: 'first innocent',
}

/** The clause of a rule whose metrics have this unit. */
const said = (rule: Rule, unit: string, rest: Partial<CheckedRule> = {}): string => {
  const define = (name: string): MetricDefinition => ({
    label: labels[name] ?? name.replaceAll('_', ' '),
    unit,
    ...(unit === 'pods' ? { counts: true } : {}),
    combined: 'median',
    observation: 'trial',
  })
  const names = [rule.metric, ...rule.bounds.flatMap(({ of }) => of?.split('.').at(-1) ?? [])]
  const metrics = Object.fromEntries(names.map((name) => [name, define(name)]))
  return sentence([{ of: 'fixed', rule, state: 'holds', value: 3, bound: 5, furtherBlocks: null, ...rest }], metrics)
}

test('seconds and MiB are shown with their unit, which the name then need not carry', () => {
  expect(said(metric('client_down_s').atMost(5), 's')).toBe('client down 3.00 s ≤ 5.00 s')
  expect(said(metric('disk_outside_mib').atMost(50), 'MiB', { bound: 50, value: 120, state: 'fails' })).toBe(
    'written outside 120 MiB, not ≤ 50.00 MiB',
  )
})

test('a metric is called by its label, and what it counts is not said twice', () => {
  expect(said(metric('innocents_evicted').atMost(5), 'pods')).toBe('innocents evicted 3.00 ≤ 5.00')
})

test('what is yes or no is said so, whichever way the rule goes', () => {
  const [atLeast, atMost] = [metric('node_pressure').atLeast(1), metric('node_pressure').atMost(0)]
  expect(said(atLeast, 'yes', { value: 1, bound: 1 })).toBe('node pressure: yes')
  expect(said(atLeast, 'yes', { value: 0, bound: 1, state: 'fails' })).toBe('node pressure: no, not yes')
  expect(said(atMost, 'yes', { value: 0, bound: 0 })).toBe('node pressure: no')
  expect(said(atMost, 'yes', { value: 1, bound: 0, state: 'fails' })).toBe('node pressure: yes, not no')
})

test("a bound that is another arm's metric is shown after its value, without the unit of its name", () => {
  const rule = metric('observed_s').atLeast({ times: 2, of: 'incident.first_innocent_s' })
  expect(said(rule, 's', { value: 68, bound: 48 })).toBe("observed 68.00 s ≥ 48.00 s (2 × incident's first innocent)")
})

test('a rule that is not settled says perhaps, and how many more blocks would settle it', () => {
  const unsettled = { state: 'unsettled', value: 6 } as const
  expect(said(metric('client_down_s').atMost(5), 's', { ...unsettled, furtherBlocks: 4 })).toBe(
    'client down 6.00 s, perhaps not ≤ 5.00 s; about 4 more blocks would settle it',
  )
  expect(said(metric('client_down_s').atMost(5), 's', { ...unsettled, furtherBlocks: null })).toContain(
    'no sensible number of blocks',
  )
})

test('of what was not measured only the name is said', () => {
  expect(said(metric('client_down_s').atMost(5), '', { state: 'missing', value: null, bound: null })).toBe('client down')
})
