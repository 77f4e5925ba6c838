// lab down: removes the lab's cluster; with --engine also stops the Docker engine that the lab started.
import { Command } from 'commander'
import { LabError } from '../../model/lab-error.ts'
import { withLock } from '../at-work.ts'
import { provider, work } from '../session.ts'

interface Flags {
  readonly engine?: true
  readonly force?: string
}

export const command = (): Command =>
  new Command('down')
    .description("remove the lab's cluster")
    .option('--engine', 'stop the Docker engine too, if the lab started it')
    .option('--force <name>', 'remove the cluster of this name even if this lab did not create it')
    .action(async ({ engine, force }: Flags) => {
      const { clusterName } = provider
      if (force !== undefined && force !== clusterName)
        throw new LabError(`The lab's cluster is named ${clusterName}, not ${force}`, {
          exit: 'usage',
          next: `LAB_CLUSTER=${force} lab down --force ${force}`,
        })
      await withLock(async () => {
        const isGone = await provider.down(work(), { force: force !== undefined })
        console.log(isGone ? 'the cluster is removed' : 'there was no cluster')
        if (engine)
          console.log((await provider.stop(work())) ? 'the Docker engine is stopped' : 'the lab did not start a Docker engine')
      })
    })
