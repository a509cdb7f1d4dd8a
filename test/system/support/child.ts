import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

/** A program started by a test, with everything it starts itself. */
export interface Child {
  /** What it printed so far, both streams. */
  output(): string
  /** Exit code, once it is over; null when a signal ended it. */
  readonly ended: Promise<number | null>
  running(): boolean
  /** Ends it and its children; resolves when it is gone. Idempotent. */
  kill(signal?: NodeJS.Signals): Promise<void>
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
  const ended: Promise<number | null> = Promise.race([once(child, 'exit').then(([code]) => code), failed])
  const running = () => child.pid !== undefined && child.exitCode === null && child.signalCode === null
  const end = () => kill('SIGKILL')
  process.once('exit', end)
  void ended.then(() => process.removeListener('exit', end))
  async function kill(signal: NodeJS.Signals = 'SIGTERM') {
    if (child.pid === undefined) return
    try {
      process.kill(-child.pid, signal)
    } catch {
      // The group is gone already.
    }
    if (running()) await ended
  }
  return { output: () => text, ended, running, kill }
}

/** Waits for a condition; says what was waited for when it does not come. */
export async function until<T>(
  look: () => T | Promise<T>,
  what: string | (() => string),
  ms = 15_000,
): Promise<T> {
  const deadline = performance.now() + ms
  for (;;) {
    const found = await look()
    if (found) return found
    if (performance.now() > deadline) {
      throw new Error(`Waited in vain: ${typeof what === 'string' ? what : what()}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
