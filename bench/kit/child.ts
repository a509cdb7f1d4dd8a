import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** What a child can be asked, by name; each takes one value and answers with one. */
// biome-ignore lint/suspicious/noExplicitAny: the caller names the type of each question.
export type Asks = Readonly<Record<string, (input: any) => unknown>>

export interface Question {
  readonly id: number
  readonly kind: string
  readonly input: unknown
}

export interface Answer {
  readonly id: number
  readonly value?: unknown
  readonly error?: string
}

type Input<F> = F extends (input: infer I) => unknown ? I : never
type Output<F> = F extends (input: never) => infer O ? Awaited<O> : never

export interface Child<A extends Asks> {
  readonly pid: number
  /** Rejects with the child's own words, or when the child has ended. */
  ask<K extends keyof A & string>(kind: K, input: Input<A[K]>): Promise<Output<A[K]>>
  /** Resolves when the process is gone; killed when it takes longer than a minute. */
  stop(): Promise<void>
}

/** Starts `bench/<file>` as a process of its own. It ends by itself when this one does. */
export function startChild<A extends Asks>(
  file: string,
  options: { readonly execArgv?: readonly string[]; readonly env?: NodeJS.ProcessEnv } = {},
): Child<A> {
  const path = fileURLToPath(new URL(`../${file}`, import.meta.url))
  const child = fork(path, {
    serialization: 'advanced',
    execArgv: [...(options.execArgv ?? [])],
    env: { ...process.env, ...options.env },
  })
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let lastId = 0
  let over: Error | undefined
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      over = new Error(`${file} ended (${signal ?? code})`)
      for (const { reject } of waiting.values()) reject(over)
      resolve()
    })
  })
  child.on('message', (message) => {
    const { id, value, error } = message as Answer
    const found = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) found?.resolve(value)
    else found?.reject(new Error(`${file}: ${error}`))
  })
  return {
    pid: child.pid!,
    ask: (kind, input) =>
      new Promise((resolve, reject) => {
        if (over) return reject(over)
        lastId += 1
        waiting.set(lastId, { resolve: resolve as (value: unknown) => void, reject })
        child.send({ id: lastId, kind, input } satisfies Question)
      }),
    async stop() {
      if (child.connected) child.disconnect()
      const late = setTimeout(() => child.kill('SIGKILL'), 60_000)
      await ended
      clearTimeout(late)
    },
  }
}
