// A live page of a running activity, served until its end has been shown.
import type { Emit } from '../events/emit.ts'
import { openFeed } from './feed.ts'
import { serve } from './server.ts'

export interface OpenPage {
  readonly address: string
  readonly emit: Emit
  /** Shows how it ended, in sentences, and stops the server. */
  readonly end: (verdict: string) => Promise<void>
}

/** Time for open pages to receive the end. */
const lastWordsMs = 1000

/** Port 0: a free one. The caller ends it. */
export const openPage = async (port: number): Promise<OpenPage> => {
  const { livePage } = await import('./page.ts') // loaded on demand: drawing takes half a second to load
  const { emit, feed } = openFeed()
  const { address, close } = await serve(livePage(null), feed, { port })
  return {
    address,
    emit,
    end: async (verdict) => {
      emit({ type: 'run-ends', verdict })
      await close(lastWordsMs)
    },
  }
}
