// lab replay: plays back a run in a page that this machine serves to itself. Needs no cluster.
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
    .description('play back a run in a page; needs no cluster')
    .argument('<run>', 'folder of a run, its run.json, or the journal (run.jsonl) that a killed run left')
    .addOption(new Option('--speed <number>', 'playback speed, as a multiple of real time').argParser(timesAsFast).default(20))
    .addOption(new Option('--port <number>', 'port on 127.0.0.1').argParser(portNumber).default(0, 'a free one'))
    .option('--json', 'print each event with its time as a line of JSON, and serve no page')
    .action(async (path: string, { speed, port, json }: Flags) => {
      const events = eventsOf(await readJudged(path))
      if (json) return console.log(events.map((event) => JSON.stringify(event)).join('\n'))
      const { livePage } = await import('../../live/page.ts') // loaded on demand: drawing takes half a second to load
      const { address, close } = await serve(livePage(speed), replayFeed(events, speed), { port })
      console.log(`${address}\nadd ?stage to the address to show one trial at a time, large; Ctrl-C ends it`)
      if (!interrupted.aborted) await once(interrupted, 'abort')
      await close()
      interrupted.throwIfAborted()
    })
