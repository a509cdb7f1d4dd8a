import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { vi } from 'vitest'

const program = fileURLToPath(new URL('../../bin/hookswitch.js', import.meta.url))

/** A `hookswitch` process and all it has said. */
export interface Program {
  readonly child: ChildProcess
  out(): string
  err(): string
  /** Waits for a text on either stream; throws with everything said when the process ends before. */
  says(text: string | RegExp, patienceMs?: number): Promise<string>
  /** Exit code, or the name of the signal that ended it. */
  readonly ended: Promise<number | string>
}

export function startProgram(
  args: readonly string[],
  options: { cwd: string; env?: Record<string, string> },
): Program {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: options.cwd,
    env: { ...process.env, NO_COLOR: '1', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [out, err] = ['', '']
  let over = false
  child.stdout!.on('data', (chunk) => {
    out += chunk
  })
  child.stderr!.on('data', (chunk) => {
    err += chunk
  })
  const ended = once(child, 'close').then(([code, signal]) => {
    over = true
    return (code ?? signal) as number | string
  })
  return {
    child,
    out: () => out,
    err: () => err,
    ended,
    says: (text, patienceMs = 60_000) =>
      vi.waitUntil(
        () => {
          const said = out + err
          const found = typeof text === 'string' ? said.includes(text) : text.test(said)
          if (!found && over) throw new Error(`The process ended without saying ${text}:\n${said}`)
          return found ? said : false
        },
        { timeout: patienceMs, interval: 20 },
      ),
  }
}

/** Runs to the end. */
export async function runProgram(args: readonly string[], options: Parameters<typeof startProgram>[1]) {
  const running = startProgram(args, options)
  const code = await running.ended
  return { code, out: running.out(), err: running.err() }
}
