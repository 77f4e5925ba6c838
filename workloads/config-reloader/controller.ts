// Decides what the controller looks at, and how a decision is carried out; a patch that is refused is tried again in a second.
import { PatchStrategy, setHeaderOptions } from '@kubernetes/client-node'
import type { V1ConfigMap, V1Deployment } from '@kubernetes/client-node'
import { unless, wordsOf } from '../controller/api.ts'
import type { Api } from '../controller/api.ts'
import type { Log } from '../service/log.ts'
import { Loop } from '../controller/loop.ts'
import { mirror } from '../controller/mirror.ts'
import { decide } from './decide.ts'
import type { Decision } from './decide.ts'
import { patchOf } from './patch.ts'
import type { Settings } from './settings.ts'

const retryMs = 1000

/** A controller at work. */
export interface Controller {
  /** Whether ConfigMaps and Deployments are both known. */
  readonly isReady: () => boolean
  /** Replacements it has started. */
  readonly replacements: () => number
}

/** Starts to control the namespace, until `signal` aborts. A patch under way then is done, or is not: the next controller sees which. */
export const control = ({ config, core, apps }: Api, settings: Settings, log: Log, signal: AbortSignal): Controller => {
  const { namespace } = settings
  /** Deployments whose present data is remembered since the controller started. */
  const known = new Set<string>()
  let replacements = 0
  const mergePatch = setHeaderOptions('Content-Type', PatchStrategy.MergePatch)

  const carryOut = async (
    name: string,
    deployment: V1Deployment,
    decision: Exclude<Decision, { kind: 'none' }>,
  ): Promise<void> => {
    const body = patchOf(deployment, decision, new Date())
    const patch = apps.patchNamespacedDeployment({ name, namespace, body }, mergePatch)
    if (!(await unless(['NotFound', 'Conflict'], patch))) return // changed or deleted since: the watch reports it, too
    known.add(name)
    if (decision.kind === 'replace') replacements += 1
    log(decision.kind === 'replace' ? 'replaced' : 'recorded', { deployment: name, ...decision })
  }

  const pass = async (): Promise<void> => {
    const seen = { configMaps: configMaps(), deployments: deployments() }
    if (!seen.configMaps || !seen.deployments) return
    for (const deployment of seen.deployments) {
      const { name = '' } = deployment.metadata ?? {}
      const decision = decide(deployment, seen.configMaps, settings, !known.has(name))
      if (decision.kind === 'none') known.add(name)
      if (decision.kind === 'none' || signal.aborted) continue
      await carryOut(name, deployment, decision).catch((error: unknown) => {
        log('trouble', { what: `Deployment ${name}`, why: wordsOf(error) })
        setTimeout(loop.wake, retryMs)
      })
    }
  }

  const loop = new Loop(pass, log, signal)
  const observer = { onChange: loop.wake, log }
  const configMapSource = {
    what: 'ConfigMaps',
    path: `/api/v1/namespaces/${namespace}/configmaps`,
    list: () => core.listNamespacedConfigMap({ namespace }),
  }
  const deploymentSource = {
    what: 'Deployments',
    path: `/apis/apps/v1/namespaces/${namespace}/deployments`,
    list: () => apps.listNamespacedDeployment({ namespace }),
  }
  const configMaps = mirror<V1ConfigMap>(config, configMapSource, observer, signal)
  const deployments = mirror<V1Deployment>(config, deploymentSource, observer, signal)
  return { isReady: () => configMaps() !== undefined && deployments() !== undefined, replacements: () => replacements }
}
