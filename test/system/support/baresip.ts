import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Child, startChild, until } from './child.ts'
import { findFreePort } from './free-port.ts'
import { passwordOf } from './kamailio.ts'

/** A real softphone, steered over its control connection (module ctrl_tcp: JSON in netstrings). */
export interface Baresip {
  readonly extension: string
  /** Types of its events so far, for example `CALL_INCOMING`, `CALL_ESTABLISHED`. */
  readonly events: readonly string[]
  command(command: string, params?: string): Promise<void>
  /** What it last said of its contacts and their presence, having been asked again. */
  contacts(): string
  /** Waits until an event of that type has come since the phone started, or after so many events. */
  heard(type: string, after?: number): Promise<unknown>
  log(): string
  stop(): Promise<void>
}

const modules = ['g711', 'aubridge', 'uuid', 'stun', 'account', 'ctrl_tcp', 'menu']
const applications = new Set(['account', 'ctrl_tcp', 'menu', 'contact', 'presence'])

/** Starts and registers a phone; it answers only when told. It watches the presence of the extensions `watched`. */
export async function startBaresip(
  pbx: number,
  extension: string,
  watched: readonly string[] = [],
): Promise<Baresip> {
  const folder = await mkdtemp(join(tmpdir(), 'hookswitch-baresip-'))
  const control = await findFreePort()
  await writeFile(join(folder, 'config'), writeConfig(control, await findFreePort(), watched.length > 0))
  const contacts = watched.map((each) => `"${each}" <sip:${each}@pbx.test>;presence=p2p\n`)
  await writeFile(join(folder, 'contacts'), contacts.join(''))
  const account = `<sip:${extension}@pbx.test;transport=udp>;auth_user=${extension};auth_pass=${passwordOf(extension)}`
  const proxy = `;outbound="sip:127.0.0.1:${pbx};transport=udp";regint=60;answermode=manual;mediaenc=;audio_codecs=pcmu`
  await writeFile(join(folder, 'accounts'), `${account}${proxy}\n`)
  const child = startChild('baresip', ['-4', '-f', folder])
  try {
    return await steer({ child, folder, control, extension })
  } catch (error) {
    await child.kill()
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

async function steer(about: {
  readonly child: Child
  readonly folder: string
  readonly control: number
  readonly extension: string
}): Promise<Baresip> {
  const { child, folder, control, extension } = about
  const socket = await openControl(control, child)
  const events: string[] = []
  let contacts = ''
  readNetstrings(socket, (text) => {
    const message: unknown = JSON.parse(text)
    if (message !== null && typeof message === 'object' && 'data' in message) {
      const data = String(message.data)
      if (data.includes('--- Contacts')) contacts = data
    }
    if (message !== null && typeof message === 'object' && 'type' in message)
      events.push(String(message.type))
  })
  const heard = (type: string, after = 0) =>
    until(
      () => events.includes(type, after),
      () => `${type} at phone ${extension}; it told ${events.join()}\n${child.output()}`,
    )
  const write = (command: string, params = '') => {
    const text = JSON.stringify({ command, params, token: command })
    socket.write(`${Buffer.byteLength(text)}:${text},`)
  }
  const phone: Baresip = {
    ...{ extension, events, heard, log: child.output },
    command: async (command, params) => write(command, params),
    contacts() {
      write('contacts')
      return contacts
    },
    async stop() {
      socket.destroy()
      await child.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
  // It registers before anybody can listen to its events; its log tells.
  await until(
    () => child.output().includes(' 200 OK ('),
    () => `${extension} to register\n${child.output()}`,
  )
  return phone
}

/** No sound card: what comes is sent back. */
function writeConfig(control: number, port: number, watches: boolean): string {
  const settings = [
    ['sip_listen', `127.0.0.1:${port}`],
    ['net_interface', '127.0.0.1'],
    ['ctrl_tcp_listen', `127.0.0.1:${control}`],
    ['audio_player', 'aubridge,pipe'],
    ['audio_source', 'aubridge,pipe'],
    ['audio_alert', 'aubridge,alert'],
    ['ring_aufile', 'none'],
    ['ringback_aufile', 'none'],
    ['callwaiting_aufile', 'none'],
    ['call_max_calls', '4'],
    ['module_path', '/usr/lib/baresip/modules'],
    ...[...modules, ...(watches ? ['contact', 'presence'] : [])].map((name) => [
      applications.has(name) ? 'module_app' : 'module',
      `${name}.so`,
    ]),
  ]
  return `${settings.map(([name, value]) => `${name}\t${value}`).join('\n')}\n`
}

async function openControl(port: number, child: Child): Promise<Socket> {
  let found: Socket | undefined
  await until(
    async () => {
      if (!child.running()) throw new Error(`baresip ended at once:\n${child.output()}`)
      found = await tryConnect(port)
      return found !== undefined
    },
    () => `baresip to listen for commands\n${child.output()}`,
  )
  return found!
}

function tryConnect(port: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
    socket.once('connect', () => resolve(socket))
    socket.once('error', () => resolve(undefined))
  })
}

function readNetstrings(socket: Socket, take: (text: string) => void): void {
  let waiting = ''
  socket.setEncoding('latin1')
  socket.on('data', (chunk: string) => {
    waiting += chunk
    for (;;) {
      const match = /^(\d+):/.exec(waiting)
      if (!match) return
      const start = match[0].length
      const end = start + Number(match[1])
      if (waiting.length <= end) return
      take(waiting.slice(start, end))
      waiting = waiting.slice(end + 1)
    }
  })
}
