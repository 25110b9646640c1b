import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/longest-first.ts'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'scenarios/**/*.test.ts', 'bench/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['./test/postgres-setup.ts'],
    setupFiles: ['./test/drawn-cases.ts'],
    pool: 'forks',
    maxWorkers: 4,
    // A file takes over the modules that the one before it loaded. What the server keeps
    // between questions is kept by agency, and every world has its own.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // Only what hangs is ended: a machine that is busy or slow is no fault of what is tested.
    testTimeout: 900_000,
    hookTimeout: 900_000,
    expect: { poll: { timeout: 120_000 } },
  },
})
