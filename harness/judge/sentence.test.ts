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
  first_bystander_evicted_s: 'first bystander',
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
  expect(said(metric('bystanders_evicted').atMost(5), 'pods')).toBe('bystanders evicted 3.00 ≤ 5.00')
})

test('what is yes or no is said so, whichever way the rule goes', () => {
  const [atLeast, atMost] = [metric('node_pressure').atLeast(1), metric('node_pressure').atMost(0)]
  expect(said(atLeast, 'yes', { value: 1, bound: 1 })).toBe('node pressure: yes')
  expect(said(atLeast, 'yes', { value: 0, bound: 1, state: 'fails' })).toBe('node pressure: no, not yes')
  expect(said(atMost, 'yes', { value: 0, bound: 0 })).toBe('node pressure: no')
  expect(said(atMost, 'yes', { value: 1, bound: 0, state: 'fails' })).toBe('node pressure: yes, not no')
})

test("a bound that is another arm's metric is shown after its value, without the unit of its name", () => {
  const rule = metric('observed_s').atLeast({ times: 2, of: 'incident.first_bystander_evicted_s' })
  expect(said(rule, 's', { value: 68, bound: 48 })).toBe("observed 68.00 s ≥ 48.00 s (2 × incident's first bystander)")
})

test('a rule that is not settled names the block that left it open, the noise, and how many more blocks would settle it', () => {
  const open: Partial<CheckedRule> = {
    state: 'unsettled',
    value: 6,
    at: { block: 1, value: 7, bound: 5 },
    blocks: { inside: 1, all: 3 },
    because: 'blocks-differ',
    noise: { size: 2, as: 'difference' },
  }
  expect(said(metric('client_down_s').atMost(5), 's', { ...open, furtherBlocks: 3 })).toBe(
    'client down 7.00 s, not ≤ 5.00 s in block 2, inside its bound in 1 of 3 blocks; control against control differed by 2.00 s; about 3 more blocks would settle it',
  )
  expect(said(metric('client_down_s').atMost(5), 's', { ...open, furtherBlocks: 1 })).toContain('about 1 more block would')
  expect(said(metric('client_down_s').atMost(5), 's', { ...open, furtherBlocks: null })).toContain('too many blocks')
})

test('a time that the end of an episode cut off is a lower bound', () => {
  expect(said(metric('client_down_s').atLeast(5), 's', { value: 63, isCutOff: true })).toBe(
    'client down at least 63.00 s (the episode ended first) ≥ 5.00 s',
  )
  expect(said(metric('client_down_s').atMost(30), 's', { value: 36.72, bound: 30, state: 'fails', isCutOff: true })).toBe(
    'client down at least 36.72 s (the episode ended first), not ≤ 30.00 s',
  )
})

test('of what was not measured only the name is said', () => {
  expect(said(metric('client_down_s').atMost(5), '', { state: 'missing', value: null, bound: null })).toBe('client down')
})
