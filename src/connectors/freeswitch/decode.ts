import { parseHeaders } from './frames.ts'

/** A channel, as an event or a list tells of it; what was not told is undefined. */
export interface ChannelSeen {
  readonly uuid: string
  /** Uuid of the leg that the call began with; legs of one call share it. */
  readonly call?: string
  /** user@domain */
  readonly presenceId?: string
  /** `sofia/internal/1001@pbx.example` */
  readonly name?: string
  /** Channel-Call-State, in upper case. */
  readonly state?: string
  /** Seen from FreeSWITCH: `inbound` is a phone or trunk that calls it. */
  readonly direction?: string
  readonly callerNumber?: string
  readonly destination?: string
}

/** What we make of an event; everything else is none of ours. */
export type EslEvent =
  | { readonly type: 'channel'; readonly channel: ChannelSeen }
  | { readonly type: 'ended'; readonly uuid: string }
  /** A phone of this user@domain has registered (again), or one of them is gone. */
  | { readonly type: 'registration'; readonly who: string; readonly on: boolean }
  /** Do not disturb of this user@domain may have changed. */
  | { readonly type: 'dnd'; readonly who: string }
  /** Somebody begins to watch this user@domain. */
  | { readonly type: 'probe'; readonly who: string }
  | { readonly type: 'malformed'; readonly reason: string }
  | { readonly type: 'other' }

type Fields = ReadonlyMap<string, string>

/** Events that this connector asks for. CUSTOM stands last: every word after it is a subclass. */
export const subscription =
  'event json CHANNEL_CREATE CHANNEL_CALLSTATE CHANNEL_BRIDGE CHANNEL_UNBRIDGE CHANNEL_HANGUP_COMPLETE ' +
  'CHANNEL_DESTROY PRESENCE_IN PRESENCE_PROBE PHONE_FEATURE PHONE_FEATURE_SUBSCRIBE ' +
  'CUSTOM sofia::register sofia::unregister sofia::expire hookswitch::dnd'

/** Body of `text/event-json`, or of `text/event-plain` from a FreeSWITCH that knows no other. */
export function decodeEvent(contentType: string | undefined, body: string): EslEvent {
  if (contentType === 'text/event-plain') return eventOf(plainFields(body))
  if (contentType !== 'text/event-json') return { type: 'other' }
  const parsed = parseObject(body)
  return parsed ? eventOf(fieldsOf(parsed)) : { type: 'malformed', reason: 'an event is no JSON object' }
}

function eventOf(fields: Fields): EslEvent {
  const name = fields.get('event-name') ?? ''
  if (name.startsWith('CHANNEL_')) return channelEvent(name, fields)
  if (name === 'CUSTOM') {
    const subclass = fields.get('event-subclass') ?? ''
    if (subclass.startsWith('sofia::')) return registrationEvent(subclass, fields)
    return subclass === 'hookswitch::dnd' ? dndOf(fields.get('hookswitch-user')) : { type: 'other' }
  }
  // FusionPBX lights the lamp dnd+1001 by this when do not disturb is dialled.
  if (name === 'PRESENCE_IN') {
    return fields.get('proto') === 'dnd' ? dndOf(fields.get('from')) : { type: 'other' }
  }
  if (name.startsWith('PHONE_FEATURE')) return dndOf(joined(fields))
  const probed = name === 'PRESENCE_PROBE' ? fields.get('to') : undefined
  return probed === undefined ? { type: 'other' } : { type: 'probe', who: probed.replace(/^sip:/, '') }
}

function registrationEvent(subclass: string, fields: Fields): EslEvent {
  const user = fields.get('from-user') ?? fields.get('user')
  const host = fields.get('from-host') ?? fields.get('host')
  if (user === undefined || host === undefined)
    return { type: 'malformed', reason: `${subclass} without a user` }
  return { type: 'registration', who: `${user}@${host}`, on: subclass === 'sofia::register' }
}

const dndOf = (who: string | undefined): EslEvent =>
  who === undefined ? { type: 'other' } : { type: 'dnd', who }

const joined = (fields: Fields) => {
  const [user, host] = [fields.get('user'), fields.get('host')]
  return user !== undefined && host !== undefined ? `${user}@${host}` : undefined
}

function channelEvent(name: string, fields: Fields): EslEvent {
  const uuid = fields.get('unique-id')
  if (uuid === undefined) return { type: 'malformed', reason: `${name} without Unique-ID` }
  if (name === 'CHANNEL_HANGUP_COMPLETE' || name === 'CHANNEL_DESTROY') return { type: 'ended', uuid }
  const channel = channelOf(uuid, (key) => fields.get(eventKeys[key]))
  return { type: 'channel', channel }
}

const eventKeys = {
  call: 'channel-call-uuid',
  presenceId: 'channel-presence-id',
  name: 'channel-name',
  state: 'channel-call-state',
  direction: 'call-direction',
  callerNumber: 'caller-caller-id-number',
  destination: 'caller-destination-number',
} as const

const rowKeys = {
  call: 'call_uuid',
  presenceId: 'presence_id',
  name: 'name',
  state: 'callstate',
  direction: 'direction',
  callerNumber: 'cid_num',
  destination: 'dest',
} as const

function channelOf(uuid: string, read: (key: keyof typeof eventKeys) => string | undefined): ChannelSeen {
  const known = Object.keys(eventKeys).flatMap((key) => {
    const value = read(key as keyof typeof eventKeys)
    if (value === undefined || value === '') return []
    return [[key, key === 'state' ? value.toUpperCase() : value] as const]
  })
  return { uuid, ...Object.fromEntries(known) }
}

/** What `show ... as json` printed; undefined where it is no such list. An empty one has no rows at all. */
function decodeRows(text: string): readonly Fields[] | undefined {
  const parsed = parseObject(text)
  if (!parsed || typeof parsed.row_count !== 'number') return undefined
  const rows = parsed.rows ?? []
  if (!Array.isArray(rows) || !rows.every(isObject)) return undefined
  return rows.map(fieldsOf)
}

/** `show channels as json` */
export function decodeChannels(text: string): readonly ChannelSeen[] | undefined {
  return decodeRows(text)?.flatMap((row) => {
    const uuid = row.get('uuid')
    return uuid ? [channelOf(uuid, (key) => row.get(rowKeys[key]))] : []
  })
}

/** `show registrations as json`: user@domain of each. */
export function decodeRegistrations(text: string): readonly string[] | undefined {
  return decodeRows(text)?.flatMap((row) => {
    const [user, realm] = [row.get('reg_user'), row.get('realm')]
    return user && realm ? [`${user}@${realm}`] : []
  })
}

/** One line of `list_users`. */
export interface ListedUser {
  readonly id: string
  readonly domain: string
  readonly displayName: string
}

/** `list_users`: a line of names, a line for each user and group, `+OK`. A user of several groups stands there again. */
export function decodeUsers(text: string): readonly ListedUser[] {
  const [head = '', ...lines] = text.split('\n')
  const names = head.trim().split('|')
  const users = new Map<string, ListedUser>()
  for (const line of lines) {
    const values = line.trim().split('|')
    if (values.length !== names.length) continue
    const read = (name: string) => values[names.indexOf(name)] ?? ''
    const user = { id: read('userid'), domain: read('domain'), displayName: read('effective_caller_id_name') }
    if (user.id !== '') users.set(`${user.id}@${user.domain}`, user)
  }
  return [...users.values()]
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(text)
    return isObject(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}

/** Names in lower case: versions differ. */
function fieldsOf(object: Readonly<Record<string, unknown>>): Fields {
  return new Map(
    Object.entries(object).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name.toLowerCase(), String(value)]] : [],
    ),
  )
}

function plainFields(body: string): Fields {
  return new Map([...parseHeaders(body)].map(([name, value]) => [name, unescapeValue(value)]))
}

function unescapeValue(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
