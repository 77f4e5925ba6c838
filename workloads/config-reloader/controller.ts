// Decides what the controller looks at, and how a decision is carried out; a patch that is refused is tried again in a second.
import { PatchStrategy, setHeaderOptions } from '@kubernetes/client-node'
import type { V1ConfigMap, V1Deployment, V1Secret } from '@kubernetes/client-node'
import { unless, wordsOf } from '../controller/api.ts'
import type { Api } from '../controller/api.ts'
import type { Log } from '../service/log.ts'
import { Loop } from '../controller/loop.ts'
import { mirror } from '../controller/mirror.ts'
import { decide } from './decide.ts'
import type { Decision } from './decide.ts'
import { patchOf } from './patch.ts'
import type { Settings } from './settings.ts'
import { secretSource } from './uses.ts'

const retryMs = 1000

/** A controller at work. */
export interface Controller {
  /** Whether ConfigMaps, Secrets and Deployments are all known. */
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
    const seen = { configMaps: configMaps(), secrets: secrets(), deployments: deployments() }
    if (!seen.configMaps || !seen.secrets || !seen.deployments) return
    const sources = [...seen.configMaps, ...seen.secrets.map(secretSource)]
    for (const deployment of seen.deployments) {
      const { name = '' } = deployment.metadata ?? {}
      const decision = decide(deployment, sources, settings, !known.has(name))
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
  const configMapList = {
    what: 'ConfigMaps',
    path: `/api/v1/namespaces/${namespace}/configmaps`,
    list: () => core.listNamespacedConfigMap({ namespace }),
  }
  const secretList = {
    what: 'Secrets',
    path: `/api/v1/namespaces/${namespace}/secrets`,
    list: () => core.listNamespacedSecret({ namespace }),
  }
  const deploymentList = {
    what: 'Deployments',
    path: `/apis/apps/v1/namespaces/${namespace}/deployments`,
    list: () => apps.listNamespacedDeployment({ namespace }),
  }
  const configMaps = mirror<V1ConfigMap>(config, configMapList, observer, signal)
  const secrets = mirror<V1Secret>(config, secretList, observer, signal)
  const deployments = mirror<V1Deployment>(config, deploymentList, observer, signal)
  const isReady = (): boolean => [configMaps(), secrets(), deployments()].every((each) => each !== undefined)
  return { isReady, replacements: () => replacements }
}
