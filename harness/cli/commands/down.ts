// lab down: the lab's cluster removed; with --engine the Docker engine the lab started, too.
import { Command } from 'commander'
import { withLock } from '../../measure/lock.ts'
import { provider, work } from '../session.ts'

export const command = (): Command =>
  new Command('down')
    .description("remove the lab's cluster")
    .option('--engine', 'stop the Docker engine too, if the lab started it')
    .action(async ({ engine }: { engine?: true }) => {
      await withLock(async () => {
        console.log((await provider.down(work())) ? 'the cluster is gone' : 'there was no cluster')
        if (engine)
          console.log((await provider.stop(work())) ? 'the Docker engine is stopped' : 'the lab had started no Docker engine')
      })
    })
