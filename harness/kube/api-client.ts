// The API client, loaded when a cluster is first asked: its 868 files take 0.4 s to load, and most commands need none of them.
import { createRequire } from 'node:module'
import type * as ApiClient from '@kubernetes/client-node'

const require = createRequire(import.meta.url)

export const apiClient = (): typeof ApiClient => require('@kubernetes/client-node')
