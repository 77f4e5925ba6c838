// The end of CI's log: each test that failed or was left out, each tier's counts, and last a line with all of them. Given: the exit code of `make test`.
import { existsSync, readFileSync } from 'node:fs'

const reports = ['hermetic', 'interruption', 'smoke'].map((tier) => `reports/runs/tests-${tier}.json`)
const tiers = reports.flatMap((file) => (existsSync(file) ? [JSON.parse(readFileSync(file, 'utf8'))] : []))
const sum = (count) => tiers.reduce((all, tier) => all + tier[count], 0)

for (const line of tiers.flatMap(({ told }) => told)) console.log(`\n${line}`)
for (const { tier, minutes, passed, failed, leftOut } of tiers)
  console.log(`${tier}: ${passed} passed, ${failed} failed, ${leftOut} left out for noise, ${minutes.toFixed(1)} min`)

// A step outside the tests, such as the set-up or the type check, is a failure too.
const outside = process.argv[2] !== '0' && sum('failed') === 0 ? 1 : 0
const noise = sum('leftOut') > 0 ? `, ${sum('leftOut')} left out for noise` : ''
console.log(`${sum('passed')} passed, ${sum('failed') + outside} failed${noise}`)
