// Pods with the same history share a lane; those that were hurt have their own, numbered in the order of evictions.
import { expect, it } from 'vitest'
import type { Lane, LaneState, Timeline } from '../../../model/timeline.ts'
import { evictionsOf } from '../../../timeline/evictions.ts'
import { podLanes } from './pod-lanes.ts'

const lane = (name: string, group: string, ...states: readonly (readonly [atMs: number, state: LaneState])[]): Lane => ({
  kind: 'pod',
  name,
  group,
  pod: null,
  states: states.map(([atMs, state]) => ({ atMs, state, text: '' })),
})

const timelineOf = (lanes: Lane[], events: Timeline['events'] = []): Timeline => ({
  startedAt: '2026-06-02T10:00:00.000Z',
  fromMs: 0,
  toMs: 60_000,
  ended: '',
  lanes,
  events,
  actions: [],
  reconnects: 0,
})

const shown = (timeline: Timeline): string[] => podLanes(timeline).map(({ group, pods }) => `${group} ${pods.length}`)

const batch = (count: number, ...states: readonly (readonly [atMs: number, state: LaneState])[]): Lane[] =>
  Array.from({ length: count }, (_, index) => lane(`batch-${index}`, 'batch', ...states))

it('draws pods of a group that were never hurt as one lane, however their times differ', () => {
  const late = lane('batch-late', 'batch', [9000, 'pending'], [9500, 'starting'], [12_000, 'ready'])
  expect(shown(timelineOf([...batch(5, [10, 'pending'], [90, 'starting'], [200, 'ready']), late]))).toEqual(['batch 6'])
})

it('keeps apart what never got a node, and what was evicted', () => {
  const pods = [
    ...batch(3, [0, 'ready']),
    lane('batch-evicted', 'batch', [0, 'ready'], [5000, 'evicted']),
    lane('batch-waits', 'batch', [100, 'pending']),
  ]
  expect(shown(timelineOf(pods))).toEqual(['batch 3', 'batch 1', 'batch 1'])
})

it('keeps a preempted pod apart from one that ended by itself', () => {
  const preempted: Timeline['events'] = [{ atMs: 4000, kind: 'Pod', name: 'batch-1', reason: 'Preempted', message: '' }]
  const pods = batch(3, [0, 'ready'], [4000, 'terminating'], [6000, 'gone'])
  expect(shown(timelineOf(pods, preempted))).toEqual(['batch 2', 'batch 1'])
})

it('draws very many that were hurt alike as one lane, with all their numbers', () => {
  const pods = Array.from({ length: 40 }, (_, index) => lane(`pod-${index}`, 'batch', [0, 'ready'], [1000 + index, 'evicted']))
  const [only] = podLanes(timelineOf(pods))
  expect(only?.evictions.map(({ order }) => order)).toEqual(pods.map((_, index) => index + 1))
})

it('orders groups and pods by when they first appeared, not by how they are listed', () => {
  const pods = [lane('late-a', 'late', [0, 'gone'], [500, 'ready']), lane('early-a', 'early', [100, 'ready'])]
  expect(shown(timelineOf(pods))).toEqual(['early 1', 'late 1'])
})

it('knows a pod that was made for one of its group that ended', () => {
  const pods = [lane('a-1', 'a', [0, 'ready'], [5000, 'evicted']), lane('a-2', 'a', [5100, 'pending'])]
  expect(podLanes(timelineOf(pods)).map(({ replaces }) => replaces)).toEqual([false, true])
})

it('numbers evictions by time, with what the kubelet said', () => {
  const pods = [lane('b', 'b', [0, 'ready'], [9000, 'evicted']), lane('a', 'a', [0, 'ready'], [7000, 'evicted'])]
  const events: Timeline['events'] = [{ atMs: 7000, kind: 'Pod', name: 'a', reason: 'Evicted', message: 'low on memory' }]
  expect(evictionsOf(timelineOf(pods, events))).toEqual([
    { name: 'a', group: 'a', order: 1, atMs: 7000, message: 'low on memory' },
    { name: 'b', group: 'b', order: 2, atMs: 9000, message: '' },
  ])
})
