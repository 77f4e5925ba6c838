// What the load programs print is what the lab reads: run as processes, and parsed with the lab's own schemas.
import { expect, test } from 'vitest'
import { LoadResult, LoadSecond } from '../model/trial.ts'
import { portOf, startProgram } from '../../workloads/open-loop/programs.ts'

const servers = {
  'grpc-load': { name: 'grpc-server', environment: { SERVICE_TIME_MS: '1' } },
  'http-load': { name: 'http-server', environment: { CPU_MS_PER_REQUEST: '0.5' } },
} as const

test.each(['grpc-load', 'http-load'] as const)('%s says each second and its result as the lab reads them', async (program) => {
  const stops: (() => void)[] = []
  const register = (stop: () => void): void => void stops.push(stop)
  try {
    const { name, environment } = servers[program]
    const server = startProgram(name, { environment: { ...environment, POD_NAME: 'pod-1', PORT: '0' } }, register)
    const args = ['--target', `127.0.0.1:${await portOf(server)}`, '--rate', '20', '--duration', '2s', '--deadline', '10s']
    const load = startProgram(program, { args }, register)
    const next = async (): Promise<{ event: string }> => JSON.parse((await load.nextLine()) ?? '{}') as { event: string }
    expect((await next()).event).toBe('connected')
    load.process.stdin.write('go\n')
    const seconds: LoadSecond[] = []
    let { event, ...said } = await next()
    for (; event === 'second'; { event, ...said } = await next()) seconds.push(LoadSecond.parse(said))
    expect(event).toBe('result')
    const result = LoadResult.parse(said)
    expect(seconds.length).toBeGreaterThan(0)
    expect(result).toMatchObject({ intended: 40, completed: 40, failures: {} })
  } finally {
    for (const stop of stops) stop()
  }
})
