// A reporter of vitest's: leaves each failed test's errors, with what differs, and why a test was skipped, for `.ci/run` to repeat where its log ends.
import { mkdirSync, writeFileSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'

const linesKept = 40

export default class {
  onTestRunEnd(modules, unhandled) {
    const told = unhandled.map((error) => ['outside the tests', error])
    for (const module of modules) {
      told.push(...module.errors().map((error) => [module.moduleId, error])) // the file itself could not be read or begun
      for (const test of module.children.allTests('failed'))
        told.push(...test.result().errors.map((error) => [test.fullName, error]))
    }
    const lines = told.map(([what, { message, diff }]) => {
      const why = stripVTControlCharacters([message, diff].filter(Boolean).join('\n'))
      return `\nfailed: ${what}\n${why.split('\n').slice(-linesKept).join('\n')}\n`
    })
    for (const module of modules)
      for (const test of module.children.allTests('skipped')) {
        const { note } = test.result()
        if (note) lines.push(`\nskipped: ${test.fullName}\n${note}\n`)
      }
    mkdirSync('reports/runs', { recursive: true })
    writeFileSync(`reports/runs/failures-${modules[0]?.project.name}.txt`, lines.join(''))
  }
}
