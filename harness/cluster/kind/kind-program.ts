// The kind program: the one on PATH if its version fits, else the released one, else compiled from its Go module.
import { chmod } from 'node:fs/promises'
import { arch, platform } from 'node:os'
import { execa } from 'execa'
import { fetchFile, isFetched } from '../../artifact/fetch-file.ts'
import type { PublishedFile } from '../../artifact/fetch-file.ts'
import { hasGo } from '../../artifact/go-program.ts'
import { LabError } from '../../model/lab-error.ts'
import type { Work } from '../../model/work.ts'
import { compiledKind, isKindCompiled } from '../../../kind-configs/node-image/programs.ts'

export const kindVersion = '0.33.0'

const releases = `https://github.com/kubernetes-sigs/kind/releases/download/v${kindVersion}`

/** SHA-256 of the released files, by name. */
const released: Readonly<Record<string, string>> = {
  'kind-linux-amd64': 'aee6151561422756b764a4ae28e7f44cda5af5a9eead3cc9985112b1de8d8e0d',
  'kind-linux-arm64': '20022bee6cfcd5086cb7234d218e3454e6090022f2a8f55d1fa7fcf42c3867a2',
  'kind-darwin-amd64': '5a99f26f57246dc9319dd294803313197a0f34d33c525b3ea8b655db5916ece0',
  'kind-darwin-arm64': '0c8c7dbe5e23594a198b786c4bc13dacc101fa6196b0cb0b23a1ca44e61f4b4f',
}

/** Path of the program, looked up once per process. */
export const kindProgram = (work: Work): Promise<string> => (found ??= findKind(work, releases))

let found: Promise<string> | undefined

/** What a release is made for, as Node.js calls it. */
interface Machine {
  readonly platform: string
  readonly arch: string
}

const thisMachine: Machine = { platform: platform(), arch: arch() }

/** `from`: address of the release. */
export const findKind = async (work: Work, from: string, machine = thisMachine): Promise<string> => {
  if (await fitsOnPath()) return 'kind'
  if (await isKindCompiled()) return compiledKind(work)
  try {
    return await releasedProgram(work, from, machine)
  } catch (error) {
    work.signal.throwIfAborted()
    if (!(error instanceof LabError)) throw error
    if (!(await hasGo())) throw nowhere(error)
    return compiledKind(inPlaceOfRelease(work))
  }
}

/** Whether `findKind` would compile it on a machine that reaches no release. */
export const mustCompile = async (): Promise<boolean> => {
  const release = releaseFor(thisMachine, releases)
  return !(await fitsOnPath()) && !(await isKindCompiled()) && !(release && (await isFetched(release)))
}

const inPlaceOfRelease = (work: Work): Work => ({
  ...work,
  step: (title, run, expected) => work.step(`release not available, compiling instead: ${title}`, run, expected),
})

/** Another patch of the same minor version works with the same node images. */
const fitsOnPath = async (): Promise<boolean> => {
  const { stdout, failed } = await execa('kind', ['version', '--quiet'], { reject: false })
  return !failed && minorOf(stdout) === minorOf(kindVersion)
}

const minorOf = (version: string): string | undefined => /^v?(\d+\.\d+)\./.exec(version)?.[1]

/** Undefined: no release for this machine. */
const releaseFor = ({ platform: system, arch: cpu }: Machine, from: string): PublishedFile | undefined => {
  const name = `kind-${system}-${cpu === 'x64' ? 'amd64' : cpu}`
  const sha256 = released[name]
  return sha256 === undefined ? undefined : { name: `released-${name}`, url: `${from}/${name}`, sha256 }
}

const releasedProgram = async (work: Work, from: string, machine: Machine): Promise<string> => {
  const release = releaseFor(machine, from)
  if (!release)
    throw new LabError(`kind is not released for ${machine.platform} on ${machine.arch}`, {
      exit: 'cannotRun',
      next: `put kind ${kindVersion} on PATH`,
    })
  const path = await fetchFile(work, release)
  await chmod(path, 0o755)
  return path
}

const nowhere = (error: LabError): LabError =>
  new LabError(`kind ${kindVersion} was not found`, {
    why: 'kind creates the nodes; it is not on PATH, and Go is not installed to compile it',
    evidence: error.explain(),
    next: `put kind ${kindVersion} on PATH: \`brew install kind\`, \`go install sigs.k8s.io/kind@v${kindVersion}\`, or from https://kind.sigs.k8s.io`,
    exit: 'cannotRun',
  })
