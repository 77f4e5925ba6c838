// metrics-server, where a HorizontalPodAutoscaler reads the use of pods: its own image where it can be pulled, else from its Go module.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AddOn } from '../../harness/artifact/add-on.ts'
import { buildCosts } from '../../harness/artifact/build-costs.ts'
import { contentHash } from '../../harness/artifact/cache.ts'
import { artifactOf, goProgram } from '../../harness/artifact/go-program.ts'
import type { GoProgram } from '../../harness/artifact/go-program.ts'
import { dockerfileImage } from '../../harness/artifact/image.ts'
import type { ImageSource } from '../../harness/artifact/image.ts'
import { baseImage } from '../../kind-configs/node-image/build.ts'

const here = import.meta.dirname
const module = 'sigs.k8s.io/metrics-server'

const program = async (): Promise<GoProgram> => {
  const flags = ['-ldflags', '-s -w']
  const hash = await contentHash(here, ['go.mod', 'go.sum'], flags)
  const cost = buildCosts['metrics-server']
  return { name: 'metrics-server', module: here, package: `${module}/cmd/metrics-server`, flags, hash, cost }
}

const metricsServer: ImageSource = {
  name: 'incident-lab/metrics-server',
  upstream: 'registry.k8s.io/metrics-server/metrics-server:v0.8.0',
  standInOf: `the Go module ${module}`,
  standIn: async (work) =>
    dockerfileImage(work, 'incident-lab/metrics-server-stand-in', {
      dockerfile: join(here, 'Dockerfile'),
      files: { 'metrics-server': await goProgram(work, await program()) },
      args: { BASE: await baseImage(work) },
    }),
}

export const addOn: AddOn = {
  name: 'metrics-server',
  title: 'metrics-server 0.8',
  artifacts: async () => [artifactOf(await program())],
  images: [metricsServer],
  uses: [],
  manifests: async (_work, namespace) => (await readFile(join(here, 'objects.yaml'), 'utf8')).replaceAll('NAMESPACE', namespace),
}
