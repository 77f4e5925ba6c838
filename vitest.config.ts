// Two kinds of tests: hermetic ones need nothing and are fast, cluster ones share one real cluster. None is retried.
import { defineConfig } from 'vitest/config'

const minutes = 60_000

export default defineConfig({
  test: {
    retry: 0,
    projects: [
      {
        test: {
          name: 'hermetic',
          include: ['**/*.test.ts'],
          exclude: ['**/node_modules/**', 'harness/test/cluster/**'],
          testTimeout: 15_000,
          isolate: false, // they share nothing but the process
        },
      },
      {
        test: {
          name: 'cluster',
          include: ['harness/test/cluster/**/*.test.ts'],
          globalSetup: 'harness/test/cluster/shared-cluster.ts',
          fileParallelism: false,
          testTimeout: 10 * minutes,
          hookTimeout: 25 * minutes,
        },
      },
    ],
  },
})
