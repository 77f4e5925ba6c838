// Problems of a scenario's manifests: objects that clean-up would not find, outside of the namespace of their arm; and names
// that the scenario uses and no manifest has.
import { isMap, isScalar, LineCounter, parseAllDocuments } from 'yaml'
import type { Document } from 'yaml'
import { knownClusterWide } from '../kube/namespace.ts'
import type { Scenario } from '../model/scenario.ts'
import { readScenarioFiles } from './arm-manifests.ts'
import type { ManifestFile } from './arm-manifests.ts'
import type { Problem } from './problem.ts'
import { nameProblems } from './name-problems.ts'

/** Cluster-wide kinds of Kubernetes that clean-up does not know. For custom kinds the API server answers before the apply. */
const unknownClusterWide: ReadonlySet<string> = new Set(
  (
    'CertificateSigningRequest ClusterTrustBundle CSIDriver CSINode DeviceClass FlowSchema IngressClass IPAddress Node ' +
    'PriorityLevelConfiguration ResourceSlice RuntimeClass ServiceCIDR StorageClass ValidatingAdmissionPolicy ' +
    'ValidatingAdmissionPolicyBinding VolumeAttachment VolumeAttributesClass'
  ).split(' '),
)

const words = new RegExp(String.raw`\b(?:${['namespace', ...unknownClusterWide].join('|')})\b`)

/** Every problem of every file, with the line. All files must exist. */
export const manifestProblems = async (scenario: Scenario, folder: string): Promise<Problem[]> => {
  const { trial } = scenario
  const paces = trial.kind === 'episode' ? [trial.full.difference, trial.quick.difference] : []
  const each = await Promise.all(
    [undefined, ...paces.filter((pace) => pace !== undefined)].map((pace) => readScenarioFiles(folder, scenario, pace)),
  )
  const all = each.flatMap(({ manifests, differences, pace, applied }) => [
    ...manifests,
    ...[...differences.values()].flat(),
    ...pace,
    ...applied.values(),
  ])
  const files = [...new Map(all.map((file) => [file.file, file])).values()]
  return [...files.filter(({ file }) => /\.ya?ml$/.test(file)).flatMap(problemsIn), ...nameProblems(scenario, files)]
}

/** Of files in which the words of a problem stand: to parse all files takes a good part of what `lab` needs to start. */
const problemsIn = ({ file, text }: ManifestFile): Problem[] => {
  if (!words.test(text)) return []
  const lines = new LineCounter()
  const documents = parseAllDocuments(text, { version: '1.1', lineCounter: lines })
  return documents.flatMap((document) =>
    wrongIn(document).map(({ offset, message }) => ({ path: [], file, line: lines.linePos(offset).line, message })),
  )
}

const wrongIn = (document: Document): { offset: number; message: string }[] => {
  if (!isMap(document.contents)) return []
  const wrong: { offset: number; message: string }[] = []
  const look = (path: readonly string[], problem: (value: string) => string | null): void => {
    const node = document.getIn(path, true)
    const message = isScalar(node) && typeof node.value === 'string' ? problem(node.value) : null
    if (message !== null) wrong.push({ offset: isScalar(node) ? (node.range?.[0] ?? 0) : 0, message })
  }
  look(
    ['metadata', 'namespace'],
    (name) =>
      `the object names the namespace ${name}: omit it, the lab puts every object into the namespace of its arm and removes that`,
  )
  look(['kind'], (kind) =>
    unknownClusterWide.has(kind)
      ? `a ${kind} is cluster-wide, and clean-up does not know it: it would stay after the run; clean-up knows ${knownClusterWide.join(', ')}`
      : null,
  )
  return wrong
}
