import { configDefaults, defineConfig } from 'vitest/config'

/** Needs an Asterisk of one's own (docs/connectors/asterisk.md): without its address it is no test that passes. */
const left = process.env.HOOKSWITCH_TEST_AMI ? [] : ['test/system/asterisk-real.test.ts']

const project = (name: string, include: string[], testTimeout: number) => ({
  test: {
    name,
    include,
    exclude: [...configDefaults.exclude, ...left],
    testTimeout,
    hookTimeout: testTimeout,
  },
})
const system = project('system', ['test/system/**/*.test.ts'], 120_000)

/** Where `npm test` wants the results of each run, by the name of its script. */
const results = process.env.HOOKSWITCH_TEST_RESULTS

export default defineConfig({
  test: {
    reporters: results
      ? ['default', ['json', { outputFile: `${results}/${process.env.npm_lifecycle_event}.json` }]]
      : ['default'],
    projects: [
      project('unit', ['src/**/*.test.ts', 'test/*.test.ts'], 10_000),
      project('sim', ['test/sim/**/*.test.ts'], 600_000),
      { test: { ...system.test, setupFiles: ['test/system/graph-watch/setup.ts'] } },
    ],
  },
})
