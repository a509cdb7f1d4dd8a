import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'

/** Longer than a hub gives itself to end in good order (20 s). */
const stopMs = 60_000

/** How long what was printed may take to be read after the end, milliseconds. */
const lastWordsMs = 2_000

/** A program started by a test, with everything it starts itself. */
export interface Child {
  /** What it printed so far, both streams. */
  output(): string
  /** Exit code, once it is over and everything it printed is read; null when a signal ended it. */
  readonly ended: Promise<number | null>
  running(): boolean
  /** SIGHUP. */
  hangUp(): void
  /** SIGSTOP; SIGCONT. */
  freeze(): void
  thaw(): void
  /** Asks it to end, and kills it with its children if it has not after 15 s; resolves when it is gone. Idempotent. */
  stop(): Promise<void>
  /** Ends it and its children without a warning, as a crash does. Idempotent. */
  kill(): Promise<void>
}

/** In a process group of its own, so that no child stays behind and nothing else is ever hit. */
export function startChild(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Child {
  const child: ChildProcess = spawn(command, args, {
    ...options,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  const keep = (chunk: Buffer) => {
    text = (text + chunk.toString('utf8')).slice(-200_000)
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  const failed = once(child, 'error').then(([error]) => {
    text += String(error)
    return -1
  })
  const exited: Promise<number | null> = Promise.race([once(child, 'exit').then(([code]) => code), failed])
  const read = once(child, 'close').catch(() => {})
  // Its last words may still be in the pipe; a child of its own that lives on keeps the pipe open.
  const ended = exited.then(async (code) => {
    const enough = new AbortController()
    await Promise.race([read, wait(lastWordsMs, undefined, { signal: enough.signal }).catch(() => {})])
    enough.abort()
    return code
  })
  const running = () => child.pid !== undefined && child.exitCode === null && child.signalCode === null
  const signal = (name: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, name)
    } catch {
      // The group is gone already.
    }
  }
  const end = () => signal('SIGKILL')
  process.once('exit', end)
  void exited.then(() => process.removeListener('exit', end))
  return {
    ...{ output: () => text, ended, running, hangUp: () => signal('SIGHUP') },
    ...{ freeze: () => signal('SIGSTOP'), thaw: () => signal('SIGCONT') },
    async stop() {
      if (!running()) return
      signal('SIGTERM')
      // One that was frozen hears of it only then.
      signal('SIGCONT')
      const late = setTimeout(end, stopMs)
      await exited
      clearTimeout(late)
      end()
      await ended
    },
    async kill() {
      end()
      if (running()) await ended
    },
  }
}

/** Real milliseconds after which nothing is to be hoped for any more; how fast a machine is, it does not judge. */
export const busyMachineMs = 120_000

/** A look that began in time may take so much longer before it counts as one that never ends, milliseconds. */
const endlessMs = 60_000

/** Waits for a condition; says what was waited for when it does not come, also where a look itself does not end. */
export async function until<T>(
  look: () => T | Promise<T>,
  what: string | (() => string),
  ms = busyMachineMs,
): Promise<T> {
  const deadline = performance.now() + ms
  const words = () => (typeof what === 'string' ? what : what())
  for (;;) {
    const found = await endsBy(look(), deadline - performance.now() + endlessMs, words)
    if (found) return found
    if (performance.now() > deadline) throw new Error(`Waited in vain: ${words()}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

async function endsBy<T>(look: T | Promise<T>, ms: number, words: () => string): Promise<T> {
  if (!(look instanceof Promise)) return look
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`A look did not end: ${words()}`)), ms)
  })
  return Promise.race([look, over]).finally(() => clearTimeout(timer))
}
