import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Reporter } from 'vitest/node'

/** Writes what failed outside of any test, which vitest's JSON report leaves out, to a file; none where nothing did. */
export default class UnhandledReporter implements Reporter {
  readonly #file: string

  constructor({ file }: { readonly file: string }) {
    this.#file = file
  }

  onTestRunEnd(...[, errors]: Parameters<Required<Reporter>['onTestRunEnd']>): void {
    if (errors.length === 0) return
    mkdirSync(dirname(this.#file), { recursive: true })
    writeFileSync(this.#file, errors.map(({ message }) => message.split('\n')[0]).join('; '))
  }
}
