// Where images come from: a registry, or built here.
import type { Artifact } from '../../../artifact/cache.ts'
import type { Route } from '../../../artifact/image.ts'
import type { Finding } from '../../provider.ts'
import type { Here } from '../machine.ts'

export const routeFinding = (route: Route, forced: boolean, toBuild: readonly Artifact[], { platform }: Here): Finding => {
  const name = 'images'
  if (route === 'registry') return { name, state: 'ok', found: 'an image registry answers: the lab pulls images by digest' }
  const noRegistry = forced ? '--offline' : 'no image registry answers'
  if (platform !== 'linux')
    return {
      name,
      state: 'missing',
      found: noRegistry,
      why: 'the lab can build images only on Linux',
      next: 'make `docker pull debian:bookworm-slim` work, and omit --offline',
    }
  const found = `${noRegistry}: the lab builds images here from Go modules, npm, PyPI and Debian packages`
  return { name, state: 'ok', found: toBuild.length === 0 ? `${found}; everything is in the cache` : found }
}
