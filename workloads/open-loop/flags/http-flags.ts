// Decides the flags which name what a client of HTTP asks for.
import type { FlagTable } from './flags.ts'
import { parseTarget } from '../target.ts'

const parsePath = (text: string): string | undefined => (/^\/[!-~]*$/.test(text) && !text.includes('#') ? text : undefined)

/** Where to send requests. */
export const httpFlags = {
  target: { flag: 'target', value: 'HOST:PORT', meaning: 'a server of plain HTTP/1.1', parse: parseTarget, wanted: 'host:port' },
  path: {
    flag: 'path',
    value: 'PATH',
    meaning: 'what to GET',
    parse: parsePath,
    wanted: 'a path which begins with /, without spaces or #',
    whenUnset: '/work',
  },
} satisfies FlagTable
