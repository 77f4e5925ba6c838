// A live page of something that goes on: served from its beginning until its end was told.
import type { Emit } from '../events/emit.ts'
import { openFeed } from './feed.ts'
import { serve } from './server.ts'

export interface OpenPage {
  readonly address: string
  readonly emit: Emit
  /** Tells how it ended, in sentences, and serves nothing any more. */
  readonly end: (verdict: string) => Promise<void>
}

/** A page that goes on being asked for has so long to hear the end. */
const lastWordsMs = 1000

/** Port 0: a free one. The caller ends it. */
export const openPage = async (port: number): Promise<OpenPage> => {
  const { livePage } = await import('./page.ts') // not with every command: what draws takes half a second to load
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
