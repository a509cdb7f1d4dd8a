import { getEntry, getTree } from './astdb.ts'
import type { Hint, UserDevices } from './book.ts'
import type { ListedChannel } from './channels.ts'
import type { Settings } from './config.ts'
import { type DeviceState, deviceStates, toNumber } from './events.ts'
import { type AmiMessage, header, own } from './frames.ts'
import { AmiRefusal, type AmiSession } from './session.ts'

/** Everything the PBX says when it is asked. A part is undefined when this user may not ask for it. */
export interface Reading {
  readonly hints: readonly Hint[] | undefined
  readonly devices: ReadonlyMap<string, DeviceState> | undefined
  readonly channels: readonly ListedChannel[] | undefined
  readonly presences: ReadonlyMap<string, string> | undefined
  readonly freepbx: boolean
  /** FreePBX: the devices of each extension. */
  readonly users: ReadonlyMap<string, UserDevices>
  /** FreePBX: extensions whose database entry is set; undefined when it cannot be read. */
  readonly dnd: ReadonlySet<string> | undefined
  /** FreePBX: its database was asked for the named extensions only; of others it tells nothing. */
  readonly named: boolean
  /** Actions that were refused, with the PBX's words. */
  readonly refused: ReadonlyMap<string, string>
}

/**
 * Asks for everything. The channels come last, so that the live events kept meanwhile, played again over this
 * reading, leave the state of now. `heard` sees each item of a list. Throws AmiSilence when the PBX stops answering.
 */
export async function readEverything(
  session: AmiSession,
  settings: Settings,
  about: { readonly extensions: readonly string[]; heard?(item: AmiMessage): void },
): Promise<Reading> {
  const { extensions } = about
  const noting =
    <T>(pick: (item: AmiMessage) => readonly T[]) =>
    (item: AmiMessage) => {
      about.heard?.(item)
      return pick(item)
    }
  const refused = new Map<string, string>()
  const tolerant = async <T>(read: Promise<T>): Promise<T | undefined> => {
    try {
      return await read
    } catch (error) {
      if (!(error instanceof AmiRefusal)) throw error
      refused.set(error.action, error.message)
      return undefined
    }
  }
  const [hints, devices, presences, database] = await Promise.all([
    tolerant(session.list('ExtensionStateList', {}, hintPicker())),
    tolerant(session.list('DeviceStateList', {}, noting(toDevice))),
    settings.presence ? tolerant(session.list('PresenceStateList', {}, noting(toPresence))) : undefined,
    settings.flavour === 'asterisk' ? undefined : tolerant(readDatabase(session, extensions)),
  ])
  const channels = await tolerant(session.list('CoreShowChannels', {}, noting(toChannel)))
  return {
    hints,
    devices: devices && new Map(devices),
    channels,
    presences: presences && new Map(presences),
    freepbx:
      settings.flavour === 'freepbx' ||
      (database?.users.size ?? 0) > 0 ||
      (settings.flavour === 'auto' && (hints ?? []).some((hint) => hint.context === 'ext-local')),
    users: database?.users ?? new Map(),
    dnd: database?.dnd,
    named: database?.named ?? false,
    refused,
  }
}

interface Database {
  readonly users: ReadonlyMap<string, UserDevices>
  readonly dnd: ReadonlySet<string>
  readonly named: boolean
}

/** AMPUSER/1001/device = `1001&1051`, DEVICE/1051/dial = `PJSIP/1051`, DND/1001 = `YES` (crm-and-cti facts, FreePBX). */
async function readDatabase(session: AmiSession, extensions: readonly string[]): Promise<Database> {
  const [users, devices, dnd] = await Promise.all([
    familyOf(
      session,
      'AMPUSER',
      extensions.map((each) => `${each}/device`),
    ),
    getTree(session, 'DEVICE'),
    familyOf(session, 'DND', extensions),
  ])
  const found = new Map<string, UserDevices>()
  for (const [key, value] of users.values) {
    const [extension, part] = key.split('/')
    if (!extension || part !== 'device') continue
    const numbers = value.split('&').filter((each) => each !== '')
    found.set(extension, { numbers, dials: numbers.flatMap((each) => devices?.get(`${each}/dial`) ?? []) })
  }
  const silenced = new Set([...dnd.values].flatMap(([key, value]) => (value ? [key] : [])))
  return { users: found, dnd: silenced, named: users.named || dnd.named }
}

/** A whole family, or, where there is no DBGetTree, the named keys of it. */
async function familyOf(
  session: AmiSession,
  family: string,
  keys: readonly string[],
): Promise<{ readonly values: ReadonlyMap<string, string>; readonly named: boolean }> {
  const tree = await getTree(session, family)
  if (tree) return { values: tree, named: false }
  const values = await Promise.all(keys.map((key) => getEntry(session, family, key)))
  const found = keys.flatMap((key, index): [string, string][] => {
    const value = values[index]
    return value === undefined ? [] : [[key, value]]
  })
  return { values: new Map(found), named: true }
}

/** Contexts are few, and every hint names one: they share its text. */
function hintPicker(): (item: AmiMessage) => Hint[] {
  const contexts = new Map<string, string>()
  return (item) => {
    const exten = header(item, 'exten')
    if (!exten) return []
    const named = header(item, 'context') ?? ''
    const context = contexts.get(named) ?? own(named)
    contexts.set(context, context)
    return [{ exten: own(exten), context, hint: own(header(item, 'hint') ?? '') }]
  }
}

function toDevice(item: AmiMessage): [string, DeviceState][] {
  const device = header(item, 'device')
  const word = header(item, 'state')
  return device && word ? [[own(device), toDeviceState(word) ?? 'UNKNOWN']] : []
}

export function toDeviceState(word: string | undefined): DeviceState | undefined {
  return deviceStates.find((each) => each === word)
}

function toPresence(item: AmiMessage): [string, string][] {
  const presentity = header(item, 'presentity')
  return presentity ? [[own(presentity), header(item, 'status') ?? 'not_set']] : []
}

function toChannel(item: AmiMessage): ListedChannel[] {
  const uniqueid = header(item, 'uniqueid')
  const name = header(item, 'channel')
  const state = Number(header(item, 'channelstate') || Number.NaN)
  if (!uniqueid || !name || !Number.isInteger(state)) return []
  const linkedid = header(item, 'linkedid') ?? uniqueid
  const connected = toNumber(header(item, 'connectedlinenum'))
  const report = { uniqueid, linkedid, name, state, connected, exten: header(item, 'exten') ?? '' }
  return [{ report, bridge: header(item, 'bridgeid') ?? '', application: header(item, 'application') ?? '' }]
}
