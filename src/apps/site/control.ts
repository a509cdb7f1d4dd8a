import { chmodSync, rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import type { KeyReport } from '../../core/config-port.ts'
import type { Log } from '../../core/ports.ts'
import type { ReleaseReport } from '../../core/view.ts'

/** What a command asks of a site that runs on the same machine. */
export type ControlAsk =
  | { readonly what: 'release'; readonly who: string | 'all' }
  | { readonly what: 'rotate' }

/** What it answers. */
export interface ControlAnswers {
  readonly release: ReleaseReport
  readonly rotate: KeyReport
}

type Answer = { readonly value: unknown } | { readonly failed: string }

const longestAsk = 10_000
/** A phone system may take its time, milliseconds. */
const patienceMs = 90_000

const socketOf = (directory: string) => join(directory, 'control.sock')

/** The site could not be asked. */
export class ControlFailure extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ControlFailure'
  }
}

/**
 * A door for commands in the data directory of a site: one line of JSON each way. Whoever may open the directory may use
 * it. Where it cannot be made the site runs without it.
 */
export function serveControl(
  directory: string,
  handle: (ask: ControlAsk) => Promise<unknown>,
  log: Log,
): { close(): void } {
  const path = socketOf(directory)
  // Of a site that was killed: the directory is ours alone.
  rmSync(path, { force: true })
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    void readLine(socket).then(async (line) => {
      const answer = line === undefined ? undefined : await answerTo(line, handle)
      if (answer) socket.end(`${JSON.stringify(answer)}\n`)
      else socket.destroy()
    })
  })
  server.on('error', (error) =>
    log.warn('commands cannot ask this site while it runs; it has to be stopped for them', { error }),
  )
  server.listen(path, () => chmodSync(path, 0o600))
  return {
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

async function answerTo(line: string, handle: (ask: ControlAsk) => Promise<unknown>): Promise<Answer> {
  try {
    const ask = JSON.parse(line) as Partial<{ readonly what: string; readonly who: unknown }> | null
    if (ask?.what === 'rotate') return { value: await handle({ what: 'rotate' }) }
    if (ask?.what !== 'release' || typeof ask.who !== 'string')
      return { failed: 'The site does not know that command: is it of another version?' }
    return { value: await handle({ what: 'release', who: ask.who }) }
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) }
  }
}

/** Asks the site that runs on a data directory. @throws ControlFailure */
export async function askSite<What extends ControlAsk['what']>(
  directory: string,
  ask: Extract<ControlAsk, { what: What }>,
): Promise<ControlAnswers[What]> {
  const socket = connect(socketOf(directory))
  socket.setTimeout(patienceMs, () => socket.destroy())
  socket.on('connect', () => socket.write(`${JSON.stringify(ask)}\n`))
  const line = await readLine(socket, Number.POSITIVE_INFINITY)
  socket.destroy()
  if (line === undefined) throw new ControlFailure('The site did not answer.')
  const answer = JSON.parse(line) as Answer
  if ('failed' in answer) throw new ControlFailure(answer.failed)
  return answer.value as ControlAnswers[What]
}

/** Undefined where the connection ends before a whole line came, or it becomes too long. Never rejects. */
function readLine(socket: Socket, longest = longestAsk): Promise<string | undefined> {
  return new Promise((resolve) => {
    let text = ''
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => {
      text += chunk
      const end = text.indexOf('\n')
      if (end >= 0) resolve(text.slice(0, end))
      else if (text.length > longest) resolve(undefined)
    })
    socket.on('error', () => resolve(undefined))
    socket.on('close', () => resolve(undefined))
  })
}
