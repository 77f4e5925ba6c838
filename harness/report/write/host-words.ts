// The CPUs of the host in words: what a cost in CPU time or milliseconds depends on.
import type { Run } from '../../model/run.ts'

/** `2 × AMD EPYC at 2.45 GHz`; older runs have no frequency. */
export const cpuWords = ({ environment: { host } }: Pick<Run, 'environment'>): string =>
  `${host.cpus} × ${host.cpuModel}${host.cpuMhz === undefined ? '' : ` at ${Number((host.cpuMhz / 1000).toFixed(2))}\u00a0GHz`}`

/** Beside costs. */
export const measuredOn = (run: Pick<Run, 'environment'>): string => `Measured on ${cpuWords(run)}; another CPU has other costs.`
