// When a machine was too busy or too noisy for what a cluster test looks at: the test is skipped, with the reason.
import type { TestContext } from 'vitest'
import { fewestTrials } from '../../judge/judge.ts'
import { hostFaults } from '../../load/host-faults.ts'
import type { ArmRun, CheckedRule, Run, ScenarioRun } from '../../model/run.ts'
import { isValid, quietHost } from '../../model/trial.ts'
import type { Trial } from '../../model/trial.ts'
import { quietSpread } from '../../stats/spread.ts'

declare module 'vitest' {
  interface TaskMeta {
    /** The test decided nothing, since the machine was too busy: `.ci/tier.js` counts such tests. */
    leftOutForNoise?: true
  }
}

/** Leaves the test out: it neither passes nor fails. */
export const leaveOut = ({ task, skip }: TestContext, reason: string): never => {
  task.meta.leftOutForNoise = true
  return skip(reason)
}

/** Leaves the test out where `disturbance` finds one. */
export const skipIfHostWasBusy = (run: Run, test: TestContext): void => {
  const found = disturbance(run)
  if (found !== null) leaveOut(test, found)
}

/** Leaves the test out where the metric of control differed from that of control by more than on a quiet machine: its number is the machine's, too. */
export const skipIfNoisy = (run: Run, metric: string, test: TestContext): void => {
  for (const { slug, spread } of run.scenarios) {
    const ratio = spread[metric]?.ratio ?? Infinity
    if (ratio > quietSpread)
      leaveOut(
        test,
        `the machine was too noisy: ${metric} of two trials of control of ${slug} differed by ${(Math.expm1(ratio) * 100).toFixed(0)} %`,
      )
  }
}

/**
 * Why the run's verdicts say something of this machine and not of the lab; null: at least one says something of the lab, or all are as expected.
 * An arm that is not as expected is put down to the machine
 * - when it, or its control, had too few valid trials, and each of the others was held up by the machine (`heldUp`);
 * - when it failed by such rules alone as `decidedByNoise` describes;
 * - when its own rules hold, and it has no verdict as control or the incident has none that is as expected: theirs decides.
 */
export const disturbance = (run: Run): string | null => {
  const reasons = run.scenarios.flatMap((scenario) =>
    scenario.arms
      .filter(({ verdict, expected }) => verdict !== expected)
      .map((arm) => {
        if (arm.verdict === 'inconclusive' && [arm.name, 'control'].some((name) => lacksTrials(scenario, name)))
          return `the machine was too busy for ${scenario.slug}: ${arm.reason}`
        return failedByNoise(arm) || waitsForOthers(arm, scenario)
          ? `the machine was too noisy: ${arm.name}: ${arm.reason}`
          : null
      }),
  )
  return reasons.length === 0 || reasons.includes(null) ? null : [...new Set(reasons)].join(' | ')
}

const lacksTrials = ({ trials, method }: ScenarioRun, arm: string): boolean => {
  const own = trials.filter((trial) => trial.arm === arm)
  const invalid = own.filter((trial) => !isValid(trial))
  const lacking = own.length - invalid.length < fewestTrials[method.episode ? 'episode' : 'steady']
  return lacking && invalid.length > 0 && invalid.every(heldUp)
}

/**
 * The host was busy; or the generator's event loop was blocked at least as long as its requests were late, while it used less than half a CPU:
 * its process waited for a CPU. A generator that is late by its own logic has an event loop on time; one that computes too much uses a CPU.
 */
const heldUp = ({ host, load }: Trial): boolean =>
  hostFaults(host, quietHost).length > 0 ||
  (load.eventLoopDelayUs.max >= (load.sendLagUs?.p99 ?? Infinity) && load.cpuUs < 0.5 * load.windowMs * 1000)

const rulesAgainst = ({ decisions, expected }: ArmRun): CheckedRule[] =>
  decisions.flatMap(({ rules }) => rules).filter(({ of, state }) => of === expected && state !== 'holds')

const failedByNoise = (arm: ArmRun): boolean => {
  const against = rulesAgainst(arm)
  return against.length > 0 && against.every(decidedByNoise)
}

const waitsForOthers = (arm: ArmRun, { arms }: ScenarioRun): boolean =>
  arm.verdict === 'inconclusive' &&
  rulesAgainst(arm).length === 0 &&
  arms.some(({ name, kind, asExpected }) => name !== arm.name && ['control', 'incident'].includes(kind) && !asExpected)

/**
 * The rule is unsettled; or control differed from control by more than on a quiet machine; or the blocks contradict each other. A remedy that
 * does not work is outside its bound in every block; one pause of the machine is enough for one block, as p99 of 20 requests is the slowest.
 */
const decidedByNoise = ({ state, because, noise, blocks }: CheckedRule): boolean => {
  if (state === 'missing') return false
  if (state === 'unsettled' && because !== 'noise-unknown') return true
  const contradictory = blocks !== undefined && blocks.inside > 0 && blocks.inside < blocks.all
  return contradictory || (noise?.as === 'log-ratio' && noise.size > quietSpread)
}
