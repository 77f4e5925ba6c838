// The kernel's CFS bandwidth control, as a simulation of its events: how long each request takes under a quota.
import type { CpuQuotaInput } from './cpu-quota.ts'
import { warmUpRequests } from './requests.ts'
import type { Requests } from './requests.ts'

/** Of the requests after the warm-up, and of the time in which they came. */
export interface Tally {
  readonly latenciesMs: number[]
  readonly periods: number
  readonly throttledPeriods: number
  readonly throttledMs: number
}

/** Rounding error in ms: shorter times count as 0. */
export const rounding = 1e-7

/** What a CPU that goes idle keeps of its slice (min_cfs_rq_runtime). */
const keptMs = 1

/** What a throttled CPU gets at least when a period begins: the kernel's nanosecond. */
const leastMs = 1e-6

/** A cgroup's bandwidth: what is left of the period's quota, and the timer that refills it. */
interface Quota {
  readonly perPeriodMs: number
  /** Periods end at this offset from the multiples of the period. */
  readonly phaseMs: number
  /** Not yet handed out to a CPU. */
  poolMs: number
  wasIdle: boolean
  /** Next time the timer fires; infinite while it is stopped. */
  boundaryMs: number
  /** Of each worker's CPU. */
  readonly accounts: Account[]
}

interface Account {
  /** Below 0 is a debt. */
  leftMs: number
  isThrottled: boolean
}

const quotaOf = ({ periodMs, workers }: CpuQuotaInput, millicores: number, phaseMs: number): Quota => {
  const perPeriodMs = (millicores / 1000) * periodMs
  const accounts = Array.from({ length: workers }, () => ({ leftMs: 0, isThrottled: false }))
  return { perPeriodMs, phaseMs, poolMs: perPeriodMs, wasIdle: false, boundaryMs: Number.POSITIVE_INFINITY, accounts }
}

/** Like assign_cfs_rq_runtime: pays the debt first, then hands out a slice. */
const take = (quota: Quota, account: Account, wantedMs: number): void => {
  const amountMs = Math.min(quota.poolMs, wantedMs - account.leftMs)
  quota.poolMs -= amountMs
  account.leftMs += amountMs
}

/** Like do_sched_cfs_period_timer and distribute_cfs_runtime; returns whether the period that ended was throttled. */
const endPeriod = (quota: Quota, periodMs: number): boolean => {
  const throttled = quota.accounts.filter(({ isThrottled }) => isThrottled)
  const isOver = quota.wasIdle && throttled.length === 0
  quota.poolMs = quota.perPeriodMs
  quota.wasIdle = throttled.length === 0
  quota.boundaryMs = isOver ? Number.POSITIVE_INFINITY : quota.boundaryMs + periodMs
  for (const account of throttled) {
    take(quota, account, leastMs)
    account.isThrottled = account.leftMs <= rounding
  }
  return throttled.length > 0
}

export const simulate = (input: CpuQuotaInput, { arrivalsMs, costsMs, podPhaseMs, tickPhaseMs }: Requests): Tally => {
  const { limitMillicores, otherLimitsMillicores, periodMs, tickMs, sliceMs, workers } = input
  const { podLimitMillicores = limitMillicores === null ? null : limitMillicores + otherLimitsMillicores } = input
  const container = limitMillicores === null ? undefined : quotaOf(input, limitMillicores, 0)
  const pod = podLimitMillicores === null ? undefined : quotaOf(input, podLimitMillicores, podPhaseMs)
  /** From the inside out: what a container's quota stops does not use its pod's. */
  const quotas = [container, pod].filter((each) => each !== undefined)
  const requests = arrivalsMs.length - 1
  const [fromMs = 0, untilMs = 0] = [arrivalsMs[warmUpRequests], arrivalsMs[requests]]
  const arrivalOf = (request: number): number => (request < requests ? (arrivalsMs[request] ?? 0) : Number.POSITIVE_INFINITY)

  const seen = { latenciesMs: [] as number[], periods: 0, throttledPeriods: 0, throttledMs: 0 }
  let nowMs = 0
  let arrived = 0
  let started = 0
  /** What each worker does; infinite: nothing. */
  const leftMs = Array.from({ length: workers }, () => Number.POSITIVE_INFINITY)
  const requestOf = Array.from({ length: workers }, () => -1)

  const isBusy = (worker: number): boolean => leftMs[worker] !== Number.POSITIVE_INFINITY
  const isStopped = (worker: number): boolean => {
    for (const { accounts } of quotas) if (accounts[worker]?.isThrottled) return true
    return false
  }
  const startTimer = (quota: Quota): void => {
    quota.wasIdle = false
    if (quota.boundaryMs === Number.POSITIVE_INFINITY)
      quota.boundaryMs = (Math.floor((nowMs - quota.phaseMs) / periodMs + rounding) + 1) * periodMs + quota.phaseMs
  }
  /** Takes a slice of each quota that the CPU has used up, and throttles it where there is none. An idle CPU gives back what it has. */
  const check = (worker: number): void => {
    let isIdle = !isBusy(worker)
    for (const quota of quotas) {
      const account = quota.accounts[worker]
      if (!account || account.isThrottled) return
      if (account.leftMs <= rounding) {
        startTimer(quota)
        take(quota, account, sliceMs)
        account.isThrottled = account.leftMs <= rounding
      }
      const spareMs = account.leftMs - Math.min(keptMs, sliceMs)
      if (isIdle && spareMs > 0) {
        quota.poolMs += spareMs
        account.leftMs -= spareMs
      }
      isIdle ||= account.isThrottled
    }
  }
  /** The first tick at this time or later. */
  const tickAt = (atMs: number): number =>
    tickMs === 0 ? atMs : Math.ceil((atMs - tickPhaseMs - rounding) / tickMs) * tickMs + tickPhaseMs
  /** In loops, without arrays: it is asked hundreds of thousands of times. */
  const nextEventMs = (): number => {
    let nextMs = arrivalOf(arrived)
    for (const quota of quotas) nextMs = Math.min(nextMs, quota.boundaryMs)
    for (let worker = 0; worker < workers; worker++) {
      if (!isBusy(worker) || isStopped(worker)) continue
      nextMs = Math.min(nextMs, nowMs + (leftMs[worker] ?? 0))
      for (const { accounts } of quotas) nextMs = Math.min(nextMs, tickAt(nowMs + Math.max(0, accounts[worker]?.leftMs ?? 0)))
    }
    return nextMs
  }
  const passUntil = (atMs: number): void => {
    const passedMs = atMs - nowMs
    const inWindowMs = Math.max(0, Math.min(atMs, untilMs) - Math.max(nowMs, fromMs))
    if (container?.accounts.some(({ isThrottled }, worker) => isThrottled && isBusy(worker))) seen.throttledMs += inWindowMs
    for (let worker = 0; worker < workers; worker++) {
      if (!isBusy(worker) || isStopped(worker)) continue
      leftMs[worker] = (leftMs[worker] ?? 0) - passedMs
      for (const { accounts } of quotas) {
        const account = accounts[worker]
        if (account) account.leftMs -= passedMs
      }
    }
    nowMs = atMs
  }
  const endPeriods = (): void => {
    for (const quota of quotas) {
      if (quota.boundaryMs > nowMs + rounding) continue
      const isCounted = quota === container && quota.boundaryMs >= fromMs && quota.boundaryMs < untilMs
      const wasThrottled = endPeriod(quota, periodMs)
      seen.periods += Number(isCounted)
      seen.throttledPeriods += Number(isCounted && wasThrottled)
    }
  }
  /** Ends what is finished and begins what waits; a worker that begins or ends is checked, the others at a tick. */
  const serve = (): void => {
    while (arrivalOf(arrived) <= nowMs + rounding) arrived++
    const isTick = tickAt(nowMs) <= nowMs + rounding
    for (let worker = 0; worker < workers; worker++) {
      const wasBusy = isBusy(worker)
      const isDone = wasBusy && (leftMs[worker] ?? 0) <= rounding
      const request = requestOf[worker] ?? 0
      if (isDone && request >= warmUpRequests) seen.latenciesMs.push(roundToNs(nowMs - arrivalOf(request)))
      if ((isDone || !wasBusy) && started < arrived) {
        leftMs[worker] = costsMs[started] ?? 0
        requestOf[worker] = started++
      } else if (isDone) leftMs[worker] = Number.POSITIVE_INFINITY
      if (isBusy(worker) ? !wasBusy || isDone || isTick : isDone) check(worker)
    }
  }

  const goesOn = (): boolean =>
    arrived < requests || leftMs.some(Number.isFinite) || quotas.some(({ boundaryMs }) => boundaryMs < untilMs)
  while (goesOn()) {
    passUntil(nextEventMs())
    endPeriods()
    serve()
  }
  return seen
}

const roundToNs = (ms: number): number => Math.round(ms * 1e6) / 1e6
