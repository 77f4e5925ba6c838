// lab replay: a run played as it happened, in a page that this machine serves to itself. Needs no cluster.
import { once } from 'node:events'
import { Command, Option } from 'commander'
import { readJudged } from '../../judge/read-run.ts'
import { eventsOf } from '../../live/events-of.ts'
import { replayFeed } from '../../live/feed.ts'
import { serve } from '../../live/server.ts'
import { portNumber, timesAsFast } from '../flags.ts'
import { interrupted } from '../signals.ts'

interface Flags {
  readonly speed: number
  readonly port: number
  readonly json?: true
}

export const command = (): Command =>
  new Command('replay')
    .description('play a run as it happened, in a page for someone to watch; needs no cluster')
    .argument('<run>', 'folder of a run, its run.json, or the journal (run.jsonl) that a killed run left')
    .addOption(new Option('--speed <number>', 'so many times as fast as it happened').argParser(timesAsFast).default(20))
    .addOption(new Option('--port <number>', 'of 127.0.0.1').argParser(portNumber).default(0, 'a free one'))
    .option('--json', 'print each event as a line of JSON, with its time, and serve nothing')
    .action(async (path: string, { speed, port, json }: Flags) => {
      const events = eventsOf(await readJudged(path))
      if (json) return console.log(events.map((event) => JSON.stringify(event)).join('\n'))
      const { livePage } = await import('../../live/page.ts') // not with every command: what draws takes half a second to load
      const { address, close } = await serve(livePage(speed), replayFeed(events, speed), { port })
      console.log(`${address}\nadd ?stage to the address to show one trial at a time, large; Ctrl-C ends it`)
      if (!interrupted.aborted) await once(interrupted, 'abort')
      await close()
      interrupted.throwIfAborted()
    })
