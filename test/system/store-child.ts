import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { StorePlace } from '../../src/store/open-store.ts'

/** A writer process whose output is collected; its end is awaited before anybody looks at the data. */
export interface WriterChild {
  readonly pid: number
  /** Everything printed so far, whole once the child has ended. */
  output(): string
  errors(): string
  /** Resolves when at least so many lines were printed or the child ended. */
  lines(count: number): Promise<void>
  /** kill -9, then waits until the pipe is drained. */
  kill(): Promise<void>
  /** Exit code of a child that ends by itself. */
  ended(): Promise<number | null>
}

export function startWriter(place: StorePlace): WriterChild {
  const script = fileURLToPath(new URL('store-writer.ts', import.meta.url))
  return watch(spawn(process.execPath, [script, JSON.stringify(place)]))
}

export function startScript(script: string): WriterChild {
  return watch(spawn(process.execPath, ['--input-type=module', '-e', script]))
}

function watch(child: ChildProcess): WriterChild {
  let output = ''
  let errors = ''
  let printed = 0
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text
    printed += text.split('\n').length - 1
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  const closed = once(child, 'close').then(([code]: (number | null)[]) => code ?? null)
  let over = false
  void closed.then(() => {
    over = true
  })
  return {
    pid: child.pid!,
    output: () => output,
    errors: () => errors,
    async lines(count) {
      while (printed < count && !over) await Promise.race([once(child.stdout!, 'data'), closed])
    },
    async kill() {
      child.kill('SIGKILL')
      await closed
    },
    ended: () => closed,
  }
}
