// The one real cluster the cluster tests share: the one that is up, else one for the time of the tests, as `lab up` makes it.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { askOwnEngine } from '../../cluster/kind/own-engine.ts'
import { provider } from '../../cluster/kind/provider.ts'
import { uncounted } from '../../model/phase.ts'
import { usefulWorkers } from '../../design/workers.ts'
import { makeStep } from '../../cli/progress.ts'
import { findChromium } from '../browser.ts'
import { oneFixEach } from '../fixtures/one-fix-each.ts'
import { scenariosOfLab } from '../fixtures/scenarios-of-lab.ts'

const work = { step: makeStep(), signal: new AbortController().signal }

let undo: (() => Promise<void>) | undefined

export const setup = async (project: TestProject): Promise<void> => {
  if (project.name === 'smoke' && !findChromium())
    console.log('left out: page.test.ts, for there is no Chromium in the usual places; CHROMIUM_PATH names one elsewhere')
  askOwnEngine()
  const scenarios = await scenariosOfLab('quick')
  const { created } = await provider.up({
    ...work,
    shape: 'lab',
    platform: undefined,
    kubernetes: undefined,
    workers: undefined,
    usefulWorkers: usefulWorkers(scenarios),
    images: [...new Set(scenarios.flatMap(({ loaded }) => loaded.scenario.images))],
    offline: false,
    replace: false,
    keep: false,
    kept: true, // a run of a test must not remove it
    readyWithinMs: 120_000,
    timePhase: uncounted,
  })
  await provider.releaseName() // for the commands of the tests
  const runOfAll = await mkdtemp(join(tmpdir(), 'lab-run-of-all-'))
  project.provide('runOfAll', runOfAll)
  project.provide('armsOfAll', project.name === 'smoke' ? Object.values(oneFixEach) : null)
  undo = async () => {
    await rm(runOfAll, { recursive: true })
    if (created) await provider.down(work, { force: false })
    await provider.releaseName()
  }
}

export const teardown = async (): Promise<void> => undo?.()
