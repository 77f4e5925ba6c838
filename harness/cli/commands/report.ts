// lab report: the reports of a run, written anew from its run.json. Needs no cluster.
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Command } from 'commander'
import { LabError, messageOf } from '../../model/lab-error.ts'
import { Run } from '../../model/run.ts'
import { issuesOf } from '../../run/load-scenarios.ts'
import { exitOf, writeReports } from '../results.ts'

export const command = (): Command =>
  new Command('report')
    .description('write report.md and report.html of a run anew, from its run.json')
    .argument('<run.json>', 'as `lab run` left it')
    .option('--out <folder>', 'where they go (default: beside run.json)')
    .action(async (path: string, { out = dirname(path) }: { out?: string }) => {
      const run = await readRun(path)
      await writeReports(run, out, false)
      process.exitCode = exitOf(run)
    })

const readRun = async (path: string): Promise<Run> => {
  let written: unknown
  try {
    written = JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    throw new LabError(`${path} cannot be read as a run`, { why: messageOf(error), exit: 'usage' })
  }
  const parsed = Run.safeParse(written)
  if (!parsed.success)
    throw new LabError(`${path} is not a run of this version`, { evidence: issuesOf(parsed.error).slice(0, 20), exit: 'usage' })
  return parsed.data
}
