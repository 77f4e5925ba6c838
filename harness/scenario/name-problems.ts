// Dangling names in a scenario: programs of its load, label selectors, groups of pods. A typo would cost a run.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Moment } from '../model/moment.ts'
import type { Scenario, Step } from '../model/scenario.ts'
import { repositoryRoot } from '../places.ts'
import type { ManifestFile } from './arm-manifests.ts'
import type { Problem } from './problem.ts'
import { nearMiss } from './near-miss.ts'

/** `files`: all files that the scenario applies or runs. */
export const nameProblems = (scenario: Scenario, files: readonly ManifestFile[]): Problem[] => [
  ...programProblems(scenario),
  ...selectorProblems(scenario, files),
  ...groupProblems(scenario, files),
]

/** The programs of the workload image: those folders of workloads/ that have one. */
const programs = (): string[] => {
  const folder = join(repositoryRoot, 'workloads')
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, 'main.ts')))
}

const programProblems = ({ trial }: Scenario): Problem[] => {
  const { program, rateRps } = trial.load
  const known = programs()
  const wanted = [
    { path: ['trial', 'load', 'program'], name: program },
    ...(typeof rateRps === 'object' ? [{ path: ['trial', 'load', 'rateRps', 'program'], name: rateRps.program }] : []),
  ]
  return wanted.flatMap(({ path, name }) =>
    known.includes(name) ? [] : [{ path, message: `unknown program ${name}: ${nearMiss(name, known)}` }],
  )
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)

/** Each `key=value` of a selector has to be a label somewhere. */
const selectorProblems = ({ trial }: Scenario, files: readonly ManifestFile[]): Problem[] =>
  (
    [
      [['trial', 'load', 'pod'], trial.load.pod],
      [['trial', 'servers'], trial.servers],
    ] as const
  ).flatMap(([path, selector]) =>
    selector.split(',').flatMap((label) => {
      const [key = '', value = ''] = label.split('=')
      const written = new RegExp(`(?:^|[\\s{,'"])${escaped(key)}['"]?:\\s*['"]?${escaped(value)}(?![\\w.-])`, 'm')
      if (files.some(({ text }) => written.test(text))) return []
      const values = files.flatMap(({ text }) => [...text.matchAll(new RegExp(`\\b${escaped(key)}:\\s*([\\w.-]+)`, 'g'))])
      const known = [...new Set(values.map(([, found]) => `${key}=${found}`))]
      return [{ path, message: `no object of the scenario has the label ${label}: ${nearMiss(label, known)}` }]
    }),
  )

/** Each group of pods in a step or an end of an episode must be defined. */
const groupProblems = (scenario: Scenario, files: readonly ManifestFile[]): Problem[] => {
  const { trial, arms } = scenario
  const names = [...new Set(files.flatMap(({ text }) => [...text.matchAll(/\bname: ([\w.-]+)/g)].map(([, name = '']) => name)))]
  const unknown = (path: readonly PropertyKey[], group: string): Problem[] =>
    files.some(({ text }) => new RegExp(`(?<![\\w-])${escaped(group)}(?![\\w-])`).test(text))
      ? []
      : [{ path, message: `unknown group ${group}: ${nearMiss(group, names)}` }]
  const inMoments = (path: readonly PropertyKey[], moments: readonly Moment[]): Problem[] =>
    moments.flatMap((moment, index) => ('pods' in moment ? unknown([...path, index], moment.pods) : []))
  const inSteps = (path: readonly PropertyKey[], steps: readonly Step[]): Problem[] =>
    steps.flatMap((step, index) => [
      ...(step.when ? inMoments([...path, index, 'when'], [step.when]) : []),
      ...(step.delete ? unknown([...path, index, 'delete'], step.delete.pods) : []),
    ])
  return [
    ...(trial.kind === 'episode'
      ? [
          ...inMoments(['trial', 'settled'], trial.settled),
          ...inSteps(['trial', 'steps'], trial.steps),
          ...inMoments(['trial', 'until'], trial.until),
        ]
      : []),
    ...Object.entries(arms).flatMap(([name, arm]) => [
      ...inSteps(['arms', name, 'steps'], arm.steps),
      ...inMoments(['arms', name, 'until'], arm.until ?? []),
    ]),
  ]
}
