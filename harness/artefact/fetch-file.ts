// A file of others from where they publish it, once a machine, and only as the lab knows it.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { execa } from 'execa'
import { LabError } from '../model/lab-error.ts'
import type { Work } from '../model/work.ts'
import { useCache, isCached } from './cache.ts'

export interface PublishedFile {
  /** Of the file in the cache. */
  readonly name: string
  readonly url: string
  /** Of its content, in hexadecimal. */
  readonly sha256: string
}

/**
 * Path of the file in the cache. `curl` fetches it: it takes proxies and certificates from where every program here does. A file that cannot be
 * reached is an error and no failed step, since the caller may have another way; one that is not the known file is both.
 */
export const fetchFile = (work: Work, { name, url, sha256 }: PublishedFile): Promise<string> =>
  useCache(name, hashOf(sha256), async (draft) => {
    const unreachable = await work.step(`look for ${url}`, async () => {
      const flags = ['--fail', '--location', '--silent', '--show-error', '--connect-timeout', '5', '--output', draft]
      const { failed, message } = await execa('curl', [...flags, url], { reject: false, cancelSignal: work.signal })
      work.signal.throwIfAborted()
      if (failed) return new LabError(`${url} cannot be fetched`, { evidence: [message ?? ''], exit: 'cannotRun' })
      await refuseOther(url, sha256, draft)
      return null
    })
    if (unreachable) throw unreachable
  })

/** Is it in the cache? */
export const isFetched = ({ name, sha256 }: PublishedFile): Promise<boolean> => isCached({ name, hash: hashOf(sha256) })

const hashOf = (sha256: string): string => sha256.slice(0, 12)

const refuseOther = async (url: string, sha256: string, draft: string): Promise<void> => {
  const found = createHash('sha256')
    .update(await readFile(draft))
    .digest('hex')
  if (found === sha256) return
  throw new LabError(`${url} is not the file that the lab knows`, {
    why: `its SHA-256 is ${found}, not ${sha256}`,
    exit: 'cannotRun',
  })
}
