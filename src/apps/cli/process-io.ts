import { createInterface as createLines } from 'node:readline'
import { createInterface } from 'node:readline/promises'
import type { Io } from './command.ts'
import { exitCodes } from './exit-codes.ts'

const patienceMs = 30_000

/** npm passes on a Ctrl+C that the terminal has sent to us already: the same signal twice is one. */
const echoMs = 500

/** A reader that went away (`hookswitch config docs | head`) is no error of ours. */
function tolerateClosedPipe(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}

/** The real process. A second signal ends it at once. */
export function processIo(): Io {
  tolerateClosedPipe(process.stdout)
  tolerateClosedPipe(process.stderr)
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    env: process.env,
    cwd: process.cwd(),
    interactive: process.stdin.isTTY === true && process.stderr.isTTY === true,
    async ask(question, signal) {
      const prompt = createInterface({ input: process.stdin, output: process.stderr })
      // While it reads a line, the terminal hands over Ctrl+C as a key.
      prompt.on('SIGINT', () => process.kill(process.pid, 'SIGINT'))
      try {
        return await prompt.question(question, signal ? { signal } : {})
      } finally {
        prompt.close()
      }
    },
    lines: () => ({
      [Symbol.asyncIterator]() {
        const input = createLines({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })
        const lines = input[Symbol.asyncIterator]()
        return {
          next: () => lines.next(),
          async return() {
            input.close()
            // One that is only paused still keeps the process.
            process.stdin.destroy()
            return { done: true, value: undefined }
          },
        }
      },
    }),
    hungUp(listener) {
      process.on('SIGHUP', listener)
      return () => process.off('SIGHUP', listener)
    },
    interrupted: () =>
      new Promise((resolve) => {
        let since: number | undefined
        const onSignal = (signal: string) => {
          if (since !== undefined) {
            if (performance.now() - since > echoMs) process.exit(exitCodes.interrupted.code)
            return
          }
          since = performance.now()
          // Should something still hold the process after the orderly stop, it ends all the same.
          setTimeout(() => process.exit(process.exitCode ?? exitCodes.software.code), patienceMs).unref()
          resolve(signal)
        }
        // A parent that is gone has closed the channel, however it went.
        if (process.channel) process.once('disconnect', () => onSignal('disconnect'))
        process.on('SIGINT', onSignal)
        process.on('SIGTERM', onSignal)
      }),
  }
}
