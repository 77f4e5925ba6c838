// What showed the fault, or its absence, quoted as it was recorded.
import type { ArmRun } from '../../../model/run.ts'
import type { Exhibit } from '../../exhibits.ts'
import { bullets, code, plain, section } from '../../write/markdown-text.ts'
import { proof } from './page.ts'
import { proofLines } from './words.ts'

const quotes = (arm: ArmRun): string =>
  arm.proof.length === 0
    ? `**${plain(arm.name)}**: no proof was recorded.`
    : `**${plain(arm.name)}**\n\n${bullets(proofLines(arm.proof).map(({ line, times }) => (times === 1 ? code(line) : `${code(line)} in ${times} trials`)))}`

export const exhibit: Exhibit = {
  order: 90,
  page: (scenario) => proof(scenario),
  text: (scenario) => section('Proof', ...scenario.arms.map(quotes)),
}
