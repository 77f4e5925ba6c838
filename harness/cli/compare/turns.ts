// Turns of the two runs of a comparison: they alternate, trial by trial, and wait for one another before each block.
import type { Wanted } from '../../measure/turn.ts'

export type Side = 'base' | 'change'
export const sides = ['base', 'change'] as const

type State =
  | { readonly is: 'away' | 'gone' }
  | { readonly is: 'in turn'; readonly how: Wanted['how'] }
  | ({ readonly is: 'waiting'; readonly since: number; readonly begin: () => void } & Wanted)

export interface Turns {
  /** Resolves when the turn of that run begins. */
  readonly ask: (side: Side, wanted: Wanted) => Promise<void>
  readonly over: (side: Side) => void
  /** That run has ended: the other one need not wait for it any more. */
  readonly leave: (side: Side) => void
}

/** `coin`: who goes first in a block. */
export const openTurns = (coin: () => Side): Turns => {
  const states: Record<Side, State> = { base: { is: 'away' }, change: { is: 'away' } }
  let asked = 0

  const grant = (side: Side): void => {
    const state = states[side]
    if (state.is !== 'waiting') return
    states[side] = { is: 'in turn', how: state.how }
    state.begin()
  }

  const settle = (): void => {
    const [base, change] = [states.base, states.change]
    if (base.is === 'waiting' && change.is === 'waiting' && base.stage !== null && base.stage === change.stage) {
      if (base.how === 'together') return sides.forEach(grant)
      const first = coin()
      const second = other(first)
      states[second] = { ...(second === 'base' ? base : change), stage: null, since: 0 } // they have met: next after the first
      return grant(first)
    }
    const next = sides.filter((side) => mayBegin(states[side], states[other(side)]))
    const [first] = next.toSorted((a, b) => sinceOf(states[a]) - sinceOf(states[b]))
    if (first) grant(first)
  }

  return {
    ask: (side, wanted) =>
      new Promise((begin) => {
        asked += 1
        states[side] = { is: 'waiting', since: asked, begin, ...wanted }
        settle()
      }),
    over: (side) => {
      states[side] = { is: 'away' }
      settle()
    },
    leave: (side) => {
      states[side] = { is: 'gone' }
      settle()
    },
  }
}

const other = (side: Side): Side => (side === 'base' ? 'change' : 'base')

const sinceOf = (state: State): number => (state.is === 'waiting' ? state.since : Infinity)

const mayBegin = (own: State, others: State): boolean => {
  if (own.is !== 'waiting') return false
  if (others.is === 'gone') return true
  if (others.is === 'in turn') return own.how === 'together' && others.how === 'together'
  if (own.stage === null) return true
  return others.is === 'waiting' && others.stage !== null && own.stage < others.stage // the other run has skipped what this one measures
}
