// A reporter of vitest's: keeps what became of a tier's tests in reports/runs/tests-TIER.json, for `.ci/run` and `make nightly` to count. A tier fails
// where the machine was so busy that fewer than half of its tests decided anything.
import { mkdirSync, writeFileSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'

const linesKept = 40

export default class {
  onTestRunStart() {
    this.startedAt = Date.now()
  }

  onTestRunEnd(modules, unhandled) {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const inState = (state) => tests.filter((test) => test.result().state === state)
    const leftOut = tests.filter((test) => test.meta().leftOutForNoise)
    const told = [
      ...unhandled.map((error) => ['outside the tests', error]),
      ...modules.flatMap((module) => module.errors().map((error) => [module.moduleId, error])), // the file itself could not be read or begun
      ...inState('failed').flatMap((test) => test.result().errors.map((error) => [test.fullName, error])),
    ].map(([what, { message, diff }]) => `failed: ${what}\n${shortened([message, diff].filter(Boolean).join('\n'))}`)
    const failed = Math.max(inState('failed').length, told.length > 0 ? 1 : 0)
    const passed = inState('passed').length
    const isDecided = leftOut.length <= passed + failed
    if (!isDecided)
      told.push(
        `failed: the machine was too busy: ${leftOut.length} of ${tests.length} tests decided nothing. Stop what else runs on it, then test again.`,
      )
    const kept = {
      tier: modules[0]?.project.name ?? 'none',
      minutes: (Date.now() - this.startedAt) / 60_000,
      passed,
      failed: failed + (isDecided ? 0 : 1),
      leftOut: leftOut.length,
      told: [...told, ...inState('skipped').flatMap(skipReason)],
    }
    mkdirSync('reports/runs', { recursive: true })
    writeFileSync(`reports/runs/tests-${kept.tier}.json`, JSON.stringify(kept))
    if (!isDecided) {
      console.error(told.at(-1))
      process.exitCode = 1
    }
  }
}

const shortened = (text) => stripVTControlCharacters(text).split('\n').slice(-linesKept).join('\n')

const skipReason = (test) => {
  const { note } = test.result()
  return note ? [`skipped: ${test.fullName}\n${note}`] : []
}
