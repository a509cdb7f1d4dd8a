import { randomUUID } from 'node:crypto'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import type { Emulator, EmulatorWorld } from '../emulator.ts'
import { shorten } from '../request-log.ts'
import { LabChannels } from './channels.ts'
import { runCommand } from './commands.ts'
import { DndPlaces } from './dnd-places.ts'
import { firePhoneChanges, setByFeatureKey } from './phone-events.ts'
import { LabSession, type SessionWorld, type Strike } from './session.ts'
import { defaultSettings, type SwitchSettings } from './switches.ts'
import type { Request } from './wire.ts'

/** Directory domain of the lab's FreeSWITCH. */
export const labDomain = 'lab.example'

export interface FreeSwitch extends Emulator {
  /** `127.0.0.1:8021` */
  readonly address: string
  readonly settings: SwitchSettings
  readonly channels: Pick<LabChannels, 'repeat'>
  readonly places: Pick<DndPlaces, 'put'>
  connections(): number
  /** Sign-ins that were tried, good and bad. */
  signIns(): number
  /** Raw bytes to every client. */
  say(text: string): void
  /** An event, as some module may fire it. */
  fire(name: string, fields: Readonly<Record<string, string>>): void
  /** What the busy lamps of an extension show, as far as events have lit them. */
  lamp(extension: string): string
}

type World = Omit<EmulatorWorld, 'people'>

/** FreeSWITCH with its event socket, over the lab's phones; as FusionPBX with its directory and its feature keys. */
export async function startFreeSwitch(
  world: World,
  flavour: 'plain' | 'fusionpbx' = 'plain',
): Promise<FreeSwitch> {
  const { clock, phones, faults } = world
  const settings: SwitchSettings = { ...defaultSettings }
  const sessions = new Map<Socket, LabSession>()
  const lamps = new Map<string, string>()
  const places = new DndPlaces(phones)
  let sequence = 0
  let signIns = 0
  const fire = (name: string, fields: Readonly<Record<string, string>>) => {
    sequence += 1
    if (settings.mute) return
    const event = new Map(
      Object.entries({ 'Event-Name': name, 'Event-Sequence': String(sequence), ...fields }),
    )
    for (const session of sessions.values()) session.say(name, event)
  }
  const channels = new LabChannels({ clock, domain: labDomain, settings, fire }, phones)
  const commands = { clock, domain: labDomain, flavour, phones, settings, channels, places }
  const phoneWorld = { clock, domain: labDomain, flavour, phones, settings, fire }
  const forgetPhones = firePhoneChanges(phoneWorld)
  const session: SessionWorld = {
    ...{ clock, settings },
    strike: (request) => strike(world, request),
    run: (command) => runCommand(commands, command),
    fire(name, { sent, headers: byName }) {
      fire(name, Object.fromEntries(sent))
      const headers = Object.fromEntries(byName)
      if (name === 'PRESENCE_IN' && headers.proto === 'sip') lamps.set(headers.from ?? '', lampOf(headers))
      if (name === 'PHONE_FEATURE_SUBSCRIBE') setByFeatureKey(phoneWorld, headers)
    },
    signedIn() {
      signIns += 1
    },
    nextUuid: randomUUID,
  }
  const server = createServer((socket) => {
    if (faults.inForce('freeswitch', 'refuse')) return socket.destroy()
    sessions.set(socket, new LabSession(socket, session))
    socket.once('close', () => sessions.delete(socket))
  })
  const cut = () => {
    for (const socket of sessions.keys()) socket.destroy()
  }
  const forgetFaults = faults.on((fault) => {
    if (fault.target !== 'freeswitch' || fault.path !== undefined) return
    if (fault.kind === 'refuse') cut()
    // Connections that are open now are this fault's first victims.
    if (fault.kind === 'drop' && sessions.size > 0 && faults.take('freeswitch').length > 0) cut()
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(world.port, '127.0.0.1', resolve)
  })
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ settings, channels, places, fire },
    connections: () => sessions.size,
    signIns: () => signIns,
    say(text) {
      for (const each of sessions.values()) each.raw(text)
    },
    lamp: (extension) => lamps.get(`${extension}@${labDomain}`) ?? 'dark',
    async stop() {
      forgetFaults()
      forgetPhones()
      channels.stop()
      cut()
      await new Promise<void>((resolve) => void server.close(() => resolve()))
    },
  }
}

const lampOf = (headers: Readonly<Record<string, string>>) =>
  headers['answer-state'] === 'confirmed' ? (headers.status ?? 'lit') : 'dark'

/** Logs a command and lets the faults strike it. */
function strike({ faults, requests }: World, { command, headers }: Request): Strike {
  const [method = '', ...rest] = command.split(' ')
  const path = method === 'auth' ? '' : rest.join(' ')
  requests.add({ target: 'freeswitch', method, path, body: shorten(Object.fromEntries(headers)) })
  const struck = faults.take('freeswitch', `${method} ${path}`)
  const drop = struck.find((fault) => fault.kind === 'drop')
  const delays = struck.map((fault) => (fault.kind === 'slow' ? (fault.ms ?? 0) : 0))
  return { delayMs: Math.max(0, ...delays), ...(drop && { drop: drop.when ?? 'before' }) }
}
