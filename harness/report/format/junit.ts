// The verdicts as JUnit XML, which CI systems show: a suite for each scenario, a case for each arm.
import type { ArmRun, Run, ScenarioRun } from '../../model/run.ts'
import type { Format } from '../formats.ts'
import { cutOffWords } from '../frame/cut-off.ts'
import { reproduceCommand, reproduceTerms } from '../frame/reproduce.ts'
import { surpriseWords } from '../frame/surprise-words.ts'
import { junitDocument } from '../write/junit.ts'
import type { Case, Suite } from '../write/junit.ts'
import { oneLine } from '../write/one-line.ts'
import { noiseSentence } from '../write/uncertainty-words.ts'

/** An inconclusive arm is an error, and only an unexpected verdict is a failure. */
const foundOf = (arm: ArmRun, noise: string): Case['found'] =>
  arm.asExpected
    ? null
    : {
        as: arm.verdict === 'inconclusive' ? 'error' : 'failure',
        type: arm.verdict,
        message: surpriseWords(arm),
        lines: [arm.reason, ...(noise === '' ? [] : [noise]), ...arm.proof],
      }

const suiteOf = (scenario: ScenarioRun, run: Run): Suite => {
  const starts = scenario.trials.map((trial) => trial.startedAt).toSorted()
  return {
    name: scenario.slug,
    startedAt: starts[0] ?? run.startedAt,
    cases: scenario.arms.map((arm) => ({
      classname: scenario.slug,
      name: arm.name,
      ms: scenario.trials.filter((trial) => trial.arm === arm.name).reduce((sum, { load }) => sum + load.windowMs, 0),
      found: foundOf(arm, noiseSentence(scenario)),
    })),
  }
}

const skippedSuite = ({ slug, title, reason }: Run['skipped'][number], run: Run): Suite => ({
  name: slug,
  startedAt: run.startedAt,
  cases: [{ classname: slug, name: title, ms: 0, found: { as: 'skipped', type: null, message: oneLine(reason), lines: [] } }],
})

/** A case for an interrupted run, which lacks scenarios: otherwise the rest could be all green. And one for the host, if it was busy. */
const runSuites = (run: Run): Suite[] => {
  const cutOff = cutOffWords(run)
  const cases = [
    ...(cutOff === null ? [] : [errorOfRun('is complete', { type: 'cut-off', message: cutOff, lines: [cutOff] })]),
    ...(run.busy ? [errorOfRun('is undisturbed', { type: 'busy-host', message: oneLine(run.busy.sentence), lines: [] })] : []),
  ]
  return cases.length === 0 ? [] : [{ name: 'run', startedAt: run.startedAt, cases }]
}

const errorOfRun = (name: string, found: Omit<NonNullable<Case['found']>, 'as'>): Case => ({
  classname: 'run',
  name,
  ms: 0,
  found: { as: 'error', ...found },
})

/** How to repeat the run; CI systems show these names. */
const propertiesOf = (run: Run): readonly (readonly [name: string, value: string])[] => {
  const command = reproduceCommand(run)
  return [
    ...(command === null ? [] : [['command', command] as const]),
    ['mode', run.mode],
    ...reproduceTerms(run).map(([term, words]) => [term.toLowerCase(), words] as const),
  ]
}

/** The whole document. */
export const junit = (run: Run): string => {
  const suites = [
    ...run.scenarios.map((scenario) => suiteOf(scenario, run)),
    ...run.skipped.map((each) => skippedSuite(each, run)),
    ...runSuites(run),
  ]
  return junitDocument(suites, propertiesOf(run))
}

const file = 'junit.xml'

export const format: Format = { files: () => [file], write: (run) => [{ file, text: junit(run) }] }
