// Shows steps: a live line with its time on a terminal, plain lines elsewhere.
import { Listr, ListrLogger, PRESET_TIMER, ProcessOutput } from 'listr2'
import type { Progress } from '../model/work.ts'
import type { Clock } from './clock.ts'

const plainIntervalMs = 15_000

/** Whether lines can be redrawn: a terminal of width 0 would get one letter per line. */
const isLive = (): boolean => process.stderr.isTTY && process.stderr.columns > 0

/**
 * Progress goes to standard error, results to standard output. `clock`: overall progress, shown next to each step:
 * on a terminal it keeps running, in a log it is the time when the line is written. `lines`: plain lines for steps that run beside
 * others, since a terminal has one live line.
 */
export const makeStep =
  (clock?: Clock, lines: 'live' | 'plain' = 'live'): Progress =>
  async (title, work, expected) => {
    const { promise, resolve } = Promise.withResolvers<Awaited<ReturnType<typeof work>>>()
    const live = lines === 'live' && isLive()
    const end = expected && clock?.begin(expected)
    const titleNow = (): string => (clock && !live ? `${title} (${clock.text()})` : title)
    const processOutput = new ProcessOutput(process.stderr, process.stderr) // standard output is for results
    const logger = new ListrLogger({ useIcons: true, processOutput })
    await new Listr(
      [
        {
          title: titleNow(),
          task: async (_context, task) => {
            let last = ''
            const show = (): void => {
              task.output = [last, clock?.text()].filter(Boolean).join(' · ')
            }
            const say = (line: string): void => {
              last = line
              show()
            }
            const ticking = live && clock ? setInterval(show, 1000) : undefined
            try {
              resolve(await work(live ? say : throttled(say)))
            } finally {
              clearInterval(ticking)
              end?.()
              task.task.title = titleNow() // of the line that ends the step
            }
          },
        },
      ],
      {
        renderer: 'default',
        fallbackRenderer: 'simple',
        fallbackRendererCondition: () => !live,
        rendererOptions: { timer: PRESET_TIMER, showErrorMessage: false, collapseErrors: false, logger },
        fallbackRendererOptions: { timer: PRESET_TIMER, logger },
        registerSignalListeners: false, // main.ts decides what Ctrl-C does
      },
    ).run()
    return promise
  }

/** A line from time to time, to show that the step still runs. */
const throttled = (show: (line: string) => void): ((line: string) => void) => {
  let last = performance.now()
  return (line) => {
    if (performance.now() - last < plainIntervalMs) return
    last = performance.now()
    show(line)
  }
}
