// lab down: the lab's cluster removed; with --engine the Docker engine the lab started, too.
import { Command } from 'commander'
import { stopEngine } from '../../cluster/kind/engine.ts'
import { takeLock } from '../../run/lock.ts'
import { provider, work } from '../session.ts'

export const command = (): Command =>
  new Command('down')
    .description("remove the lab's cluster")
    .option('--engine', 'stop the Docker engine too, if the lab started it')
    .action(async ({ engine }: { engine?: true }) => {
      const release = await takeLock()
      try {
        const { signal, step } = work()
        console.log((await provider.down({ step, signal })) ? 'the cluster is gone' : 'there was no cluster')
        if (engine)
          console.log((await stopEngine(signal)) ? 'the Docker engine is stopped' : 'the lab had started no Docker engine')
      } finally {
        await release()
      }
    })
