// Repeats each failed test's name and the end of its message: where a CI system keeps only the end of its log, the reason is in it.
import { existsSync, readFileSync } from 'node:fs'

const linesKept = 40

for (const report of process.argv.slice(2).filter((path) => existsSync(path))) {
  for (const { name, message, assertionResults } of JSON.parse(readFileSync(report, 'utf8')).testResults) {
    const failed = assertionResults.filter(({ status }) => status === 'failed')
    const told = failed.map(({ fullName, failureMessages }) => [fullName, failureMessages.join('\n')])
    if (message) told.push([name, message]) // the file itself could not be read or begun
    for (const [what, why] of told) {
      const lines = why.split('\n').filter((line) => !/^\s+at /.test(line))
      console.log(`\nfailed: ${what}\n${lines.slice(-linesKept).join('\n')}`)
    }
  }
}
