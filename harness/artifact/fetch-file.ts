// Downloads a file of a third party once per machine, and verifies its hash.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { execa } from 'execa'
import { LabError } from '../model/lab-error.ts'
import type { Work } from '../model/work.ts'
import { useCache, isCached } from './cache.ts'

export interface PublishedFile {
  /** Name of the file in the cache. */
  readonly name: string
  readonly url: string
  /** Hash of its content, in hexadecimal. */
  readonly sha256: string
}

/**
 * Path of the file in the cache. `curl` fetches it, since it respects the proxies and certificates of the machine. A file that cannot be
 * reached is an error but no failed step, since the caller may have an alternative; a file with a wrong hash is both.
 */
export const fetchFile = (work: Work, { name, url, sha256 }: PublishedFile): Promise<string> =>
  useCache(name, hashOf(sha256), async (draft) => {
    const unreachable = await work.step(`look for ${url}`, async () => {
      const flags = ['--fail', '--location', '--silent', '--show-error', '--connect-timeout', '5', '--output', draft]
      const { failed, message } = await execa('curl', [...flags, url], { reject: false, cancelSignal: work.signal })
      work.signal.throwIfAborted()
      if (failed)
        return new LabError(`${url} cannot be fetched`, {
          evidence: [message ?? ''],
          next: 'check that this machine reaches the address, perhaps through a proxy (HTTPS_PROXY), then run it again: finished builds are kept',
          exit: 'cannotRun',
        })
      await refuseOther(url, sha256, draft)
      return null
    })
    if (unreachable) throw unreachable
  })

/** Whether it is in the cache. */
export const isFetched = ({ name, sha256 }: PublishedFile): Promise<boolean> => isCached({ name, hash: hashOf(sha256) })

const hashOf = (sha256: string): string => sha256.slice(0, 12)

const refuseOther = async (url: string, sha256: string, draft: string): Promise<void> => {
  const found = createHash('sha256')
    .update(await readFile(draft))
    .digest('hex')
  if (found === sha256) return
  throw new LabError(`${url} has an unexpected hash`, {
    why: `its SHA-256 is ${found}, not ${sha256}`,
    next: 'the lab kept nothing of it; look at what a proxy or a mirror sends for this address, then run it again',
    exit: 'cannotRun',
  })
}
