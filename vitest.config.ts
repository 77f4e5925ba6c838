// Kinds of tests: hermetic ones need nothing and are fast; simulations need nothing but time; interruptions, smoke and cluster ones share one real
// cluster; long ones, learners, chaos and kills of the engine do too, and are rare; online ones have an engine and a cluster of their own. None is retried.
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { findChromium } from './harness/test/browser.ts'

const minutes = 60_000

/** What holds of a whole run, whichever scenarios and arms it has. */
const ofEveryRun = ['harness/test/smoke/run-of-all.test.ts', 'harness/test/smoke/page.test.ts']

/** How often statistics are right, in thousands of simulated runs: only a change of the judge or the models changes that. */
const simulations = '**/*.simulation.test.ts'

export default defineConfig({
  test: {
    retry: 0,
    projects: [
      {
        test: {
          name: 'hermetic',
          globalSetup: 'harness/test/one-folder.ts',
          include: ['**/*.test.ts'],
          exclude: [
            '**/node_modules/**',
            simulations,
            'harness/test/interruption/**',
            'harness/test/smoke/**',
            'harness/test/cluster/**',
            'harness/test/long/**',
            'harness/test/noise/**',
            'harness/test/workshop/**',
            'harness/test/online/**',
            'harness/test/chaos/**',
            'harness/test/engine/**',
            ...(findChromium() ? [] : ['harness/test/page.test.ts', 'harness/test/live-page.test.ts']), // where none can be installed; the set-up says so
          ],
          env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.compiled') }, // of the programs that tests start
          testTimeout: 60_000, // against a hang: a busy machine is no fault of the code
          expect: { poll: { timeout: 30_000 } }, // likewise; 1 s by default
          isolate: false, // they share nothing but the process
          maxWorkers: 3, // many wait for a server or a timer
        },
      },
      { test: { name: 'simulation', include: [simulations], testTimeout: minutes, isolate: false, maxWorkers: 3 } },
      ...['interruption', 'smoke', 'cluster', 'long', 'noise', 'workshop', 'chaos', 'engine'].map((name, index) => ({
        test: {
          name,
          include: [`harness/test/${name}/**/*.test.ts`, ...(name === 'cluster' ? ofEveryRun : [])],
          exclude: findChromium() ? [] : ['harness/test/smoke/page.test.ts'], // where none can be installed; the set-up says so
          globalSetup: ['harness/test/one-folder.ts', 'harness/test/cluster/shared-cluster.ts'],
          fileParallelism: false,
          sequence: { groupOrder: index + 1 }, // the engine last: when it is killed, Docker forgets a firewall rule
          testTimeout: (name === 'chaos' ? 120 : name === 'noise' ? 60 : 25) * minutes, // the first one of a file may run all scenarios
          hookTimeout: 25 * minutes,
        },
      })),
      {
        test: {
          name: 'online',
          globalSetup: 'harness/test/one-folder.ts',
          include: ['harness/test/online/**/*.test.ts'],
          testTimeout: 25 * minutes,
          hookTimeout: 5 * minutes,
        },
      },
    ],
  },
})
