// By which way images come: from a registry, or built here.
import type { Artefact } from '../../../artefact/cache.ts'
import type { Route } from '../../../artefact/image.ts'
import type { Finding } from '../../provider.ts'
import type { Here } from '../machine.ts'

export const routeFinding = (route: Route, forced: boolean, toBuild: readonly Artefact[], { platform }: Here): Finding => {
  const name = 'images'
  if (route === 'registry') return { name, state: 'ok', found: 'an image registry answers: images are pulled by digest' }
  const noRegistry = forced ? 'offline was asked for' : 'no image registry answers'
  if (platform !== 'linux')
    return {
      name,
      state: 'missing',
      found: noRegistry,
      why: 'images are built on Linux alone',
      next: 'see that `docker pull debian:bookworm-slim` works, without --offline',
    }
  const found = `${noRegistry}: images are built here from Go modules, npm, PyPI and Debian packages`
  return { name, state: 'ok', found: toBuild.length === 0 ? `${found}; all of it is in the cache` : found }
}
