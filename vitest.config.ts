import { defineConfig } from 'vitest/config'

const project = (name: string, include: string[], testTimeout: number) => ({
  test: { name, include, testTimeout, hookTimeout: testTimeout },
})

export default defineConfig({
  test: {
    projects: [
      project('unit', ['src/**/*.test.ts', 'test/*.test.ts'], 10_000),
      project('sim', ['test/sim/**/*.test.ts'], 600_000),
      project('system', ['test/system/**/*.test.ts'], 120_000),
    ],
  },
})
