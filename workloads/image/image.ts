// The workload image: every program under workloads/ as one bundle, on Node.js.
import { cp, mkdir, readdir, realpath, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import { contentHash, inScratch } from '../../harness/artifact/cache.ts'
import { dockerBuild, dockerfileImage, image } from '../../harness/artifact/image.ts'
import type { ImageSource } from '../../harness/artifact/image.ts'
import { baseImage } from '../../kind-configs/node-image/build.ts'

const here = import.meta.dirname
const repository = join(here, '../..')
const workloads = join(repository, 'workloads')
const modules = join(repository, 'node_modules')
const name = 'incident-lab/workloads'

export const source: ImageSource = {
  name,
  upstream: 'node:24.21.0-bookworm-slim@sha256:0e0ff40c39bc087845bfb27465a0df4ea419520094bc35842ff83dd8cbe6f9b6',
  standInOf: "Debian packages and this machine's Node.js",
  standIn: async (work) =>
    dockerfileImage(work, 'incident-lab/nodejs-stand-in', {
      dockerfile: join(here, 'stand-in.Dockerfile'),
      files: { node: await realpath(join(modules, '.bin/node')) },
      args: { BASE: await baseImage(work) },
    }),
  build: async (work, base) => {
    const hash = await contentHash(repository, await sourceFiles(), [base])
    return image(work, name, hash, (reference) =>
      inScratch(async (scratch) => {
        await mkdir(join(scratch, 'programs'))
        for (const [program, code] of Object.entries(await bundleAll()))
          await writeFile(join(scratch, 'programs', `${program}.js`), code)
        await cp(join(modules, 're2-wasm/build/wasm/re2.wasm'), join(scratch, 'programs/re2.wasm')) // grpc-js-xds reads it, too
        await cp(join(modules, '@grpc/grpc-js-xds/deps'), join(scratch, 'deps'), { recursive: true })
        await cp(join(here, 'Dockerfile'), join(scratch, 'Dockerfile'))
        await dockerBuild(work, scratch, reference, ['--build-arg', `BASE=${base}`])
      }),
    )
  },
}

/** Everything the image is made from: the packages and the bundler are in the lock file. */
const sourceFiles = async (): Promise<string[]> => {
  const code = (await readdir(workloads, { recursive: true })).filter(
    (path) => path.endsWith('.ts') && !path.endsWith('.test.ts'),
  )
  return ['package-lock.json', 'workloads/image/Dockerfile', ...code.toSorted().map((path) => `workloads/${path}`)]
}

/** Code by program. Every folder with a main.ts is one: a new one is found, nothing is registered. */
const bundleAll = async (): Promise<Readonly<Record<string, string>>> => {
  const mains = (await readdir(workloads, { recursive: true })).filter((path) => /^[^/]+\/main\.ts$/.test(path)).toSorted()
  return Object.fromEntries(await Promise.all(mains.map(async (path) => [dirname(path), await bundle(join(workloads, path))])))
}

const bundle = async (entryPoint: string): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [entryPoint],
    write: false,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    logLevel: 'error',
  })
  return outputFiles.map((file) => file.text).join('')
}
