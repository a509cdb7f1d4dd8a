import { createInterface } from 'node:readline/promises'
import type { Io } from './command.ts'
import { exitCodes } from './exit-codes.ts'

const patienceMs = 30_000

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
    async ask(question) {
      const prompt = createInterface({ input: process.stdin, output: process.stderr })
      try {
        return await prompt.question(question)
      } finally {
        prompt.close()
      }
    },
    interrupted: () =>
      new Promise((resolve) => {
        const first = (signal: string) => {
          for (const name of ['SIGINT', 'SIGTERM'] as const) {
            process.off(name, first)
            process.on(name, () => process.exit(exitCodes.interrupted.code))
          }
          // Should something still hold the process after the orderly stop, it ends all the same.
          setTimeout(() => process.exit(process.exitCode ?? exitCodes.software.code), patienceMs).unref()
          resolve(signal)
        }
        // A parent that is gone has closed the channel, however it went.
        if (process.channel) process.once('disconnect', () => first('disconnect'))
        process.on('SIGINT', first)
        process.on('SIGTERM', first)
      }),
  }
}
