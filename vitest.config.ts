import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { configDefaults, defineConfig } from 'vitest/config'

const contracts = process.env.HOOKSWITCH_CONTRACTS ?? join(import.meta.dirname, '../shared/contracts')
/** Need what vendors publish and we may not copy (docs/connectors/README.md). */
const described = {
  'three-cx-description': '3cx/xapi-v1-swagger.yaml',
  'netsapiens-description': 'netsapiens/netsapiens-api-v2-v45.0.json',
  'vodia-catalogue': 'vodia/vodia-rest-api-70.3.api-catalog.json',
  'webex-description': 'webex',
  'salesforce-description': 'salesforce/pubsub_api.proto',
  'three-cx-samples': 'samples/3cx-callcontrol.json',
  'netsapiens-samples': 'samples/netsapiens-webhook-call.json',
  'vodia-samples': 'samples/vodia-samples.json',
  'yeastar-samples': 'samples/yeastar-events.json',
}

/** Without what they need they are no tests that pass; the first needs an Asterisk of one's own (docs/connectors/asterisk.md). */
const left = [
  ...(process.env.HOOKSWITCH_TEST_AMI ? [] : ['asterisk-real']),
  // Mounts a small file system.
  ...(process.getuid?.() === 0 ? [] : ['store-full-disk']),
  ...Object.entries(described).flatMap(([name, file]) => (existsSync(join(contracts, file)) ? [] : [name])),
].map((name) => `test/system/${name}.test.ts`)

/** They judge how fast something is, or act in real time with real phones: nothing runs beside them. */
const timed = [
  'bench-smoke',
  'cluster-faults',
  'e2e-burst',
  'e2e-demo',
  'e2e-graph-trouble',
  'e2e-kamailio',
  'e2e-outcome',
  'e2e-prompt',
  'e2e-start',
  'lab-graph',
  'latency',
  'reachability-rate',
  'sip-many',
  'store-rate',
  'teams-scale',
].map((name) => `test/system/${name}.test.ts`)

const project = (name: string, include: string[], testTimeout: number) => ({
  test: {
    name,
    include,
    exclude: [...configDefaults.exclude, ...left],
    testTimeout,
    hookTimeout: testTimeout,
    // Ends a test that waits in vain; how fast a machine is, it does not judge.
    expect: { poll: { timeout: 60_000 } },
  },
})
const system = project('system', ['test/system/**/*.test.ts'], 300_000)
const setupFiles = ['test/system/graph-watch/setup.ts']

/** Where `npm test` wants the results of each run, by the name of its script. */
const results = process.env.HOOKSWITCH_TEST_RESULTS
const resultOf = `${results}/${process.env.npm_lifecycle_event}`

export default defineConfig({
  test: {
    reporters: results
      ? [
          'default',
          ['json', { outputFile: `${resultOf}.json` }],
          ['./test/second-try/unhandled-reporter.ts', { file: `${resultOf}.unhandled` }],
        ]
      : ['default'],
    projects: [
      project('unit', ['src/**/*.test.ts', 'test/*.test.ts'], 60_000),
      project('sim', ['test/sim/**/*.test.ts'], 600_000),
      { test: { ...system.test, exclude: [...system.test.exclude, ...timed], setupFiles } },
      { test: { ...system.test, name: 'timed', include: timed, setupFiles } },
    ],
  },
})
