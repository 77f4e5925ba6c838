// Decides what is answered at the paths of stakater/Reloader: alive, ready, and how many replacements there were.
import type { Answers } from '../controller/health.ts'
import type { Controller } from './controller.ts'

/** Answers of a controller at work. */
export const answersOf = ({ isReady, replacements }: Controller): Answers => {
  const metrics = () =>
    isReady()
      ? { statusCode: 200, text: `reloader_reload_executed_total{success="true"} ${replacements()}` }
      : { statusCode: 503, text: '# not everything is listed yet' }
  return {
    '/live': () => ({ statusCode: 200, text: 'alive' }),
    '/ready': metrics,
    '/metrics': metrics, // the real one has no other way to ask whether it is ready
  }
}
