// How steps look: a live line with its time on a terminal, plain lines elsewhere.
import { Listr, PRESET_TIMER } from 'listr2'
import type { Step } from '../model/step.ts'

const plainIntervalMs = 15_000

/** Progress goes to standard error's terminal or log; results alone go to standard output. */
export const makeStep = (): Step => async (title, work) => {
  const { promise, resolve } = Promise.withResolvers<Awaited<ReturnType<typeof work>>>()
  await new Listr(
    [
      {
        title,
        task: async (_context, task) =>
          resolve(
            await work(
              throttled((line) => {
                task.output = line
              }),
            ),
          ),
      },
    ],
    {
      renderer: 'default',
      fallbackRenderer: 'simple',
      rendererOptions: { timer: PRESET_TIMER, showErrorMessage: false, collapseErrors: false },
      fallbackRendererOptions: { timer: PRESET_TIMER },
      registerSignalListeners: false, // main.ts decides what Ctrl-C does
    },
  ).run()
  return promise
}

/** A log gets a line now and then, to show that it goes on; a terminal gets each. */
const throttled = (show: (line: string) => void): ((line: string) => void) => {
  if (process.stdout.isTTY) return show
  let last = performance.now()
  return (line) => {
    if (performance.now() - last < plainIntervalMs) return
    last = performance.now()
    show(line)
  }
}
