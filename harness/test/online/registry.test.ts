// The way most users have: an engine that reaches an image registry. Here the registry is this machine's own, and holds what was built here.
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { makeStep } from '../../cli/progress.ts'
import { tagOf } from '../../artifact/image-reference.ts'
import { ensureEngine } from '../../cluster/kind/engine.ts'
import { askOwnEngine } from '../../cluster/kind/own-engine.ts'
import { kindProgram } from '../../cluster/kind/kind-program.ts'
import { catalogue } from '../../../kind-configs/kubernetes.ts'
import { nodeImage } from '../../../kind-configs/node-image/build.ts'
import { imageSources } from '../../cluster/kind/images.ts'
import { repositoryRoot } from '../../places.ts'
import { armOf, readRun, temporaryFolder, value } from '../cluster/support.ts'
import { lacking, machineWithRegistry } from './machine.ts'

const work = { step: makeStep(), signal: new AbortController().signal }

/** The images of `lab up`; those of add-ons take minutes to compile. */
const needed = ['workloads', 'envoy', 'postgres', 'reloader'].map((name) => `incident-lab/${name}`)

const lacks = lacking()
if (lacks) console.warn(`left out: the way with an image registry, for there is no ${lacks}`)

test.runIf(lacks === null)(
  'with a registry, images are pulled by tag and digest, nothing is compiled, and http2-hot-pod is measured and judged',
  async () => {
    askOwnEngine()
    await ensureEngine(work)
    const images = { [tagOf(catalogue[0].nodeImage)]: await nodeImage(work, catalogue[0]) }
    for (const { name, upstream, standIn } of await imageSources())
      if (needed.includes(name)) images[tagOf(upstream)] = await standIn(work)
    const tools = { kind: await kindProgram(work), go: '/bin/false', gcc: '/bin/false', mmdebstrap: '/bin/false' }
    const machine = await machineWithRegistry(images, tools)
    onTestFinished(machine.dispose)
    const lab = (...words: string[]) => machine.run(join(repositoryRoot, 'harness/cli/lab'), words)
    onTestFinished(async () => void (await lab('down')))

    const doctor = await lab('doctor')
    expect(doctor.all).toMatch(/images +an image registry answers/)
    expect(doctor.exitCode, doctor.all).toBe(0)

    const up = await lab('up', '--workers', '3')
    expect(up.exitCode, up.all).toBe(0)
    expect(up.all).toMatch(/pull kindest\/node:v1\.\d+\.\d+@sha256:[0-9a-f]{64}/)
    expect(up.all).not.toMatch(/compile|unpack Debian/)

    const out = await temporaryFolder()
    const fixes = ['l7-proxy', 'client-side']
    const run = await lab('run', 'http2-hot-pod', '--quick', '--arm', fixes.join(), '--out', out)
    expect([0, 4], run.all).toContain(run.exitCode)
    const measured = await readRun(out)
    expect(JSON.stringify(measured.environment)).toMatch(/"from":"node:[^"]+@sha256:[0-9a-f]{64}"/)
    expect(value(measured, 'incident', 'top_share')).toBeGreaterThanOrEqual(0.95)
    for (const fix of fixes) {
      expect(value(measured, fix, 'effective_pods')).toBeGreaterThanOrEqual(0.9 * 3)
      expect(armOf(measured, fix).verdict, armOf(measured, fix).reason).toMatch(/^(fixed|inconclusive)$/)
    }
  },
)
