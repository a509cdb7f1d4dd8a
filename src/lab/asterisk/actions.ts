import { parseDeviceState } from './device-states.ts'
import type { LabPbx } from './pbx.ts'
import { escapeC, type Headers, type Request } from './wire.ts'

export interface Answer {
  /** `Success` unless given. */
  readonly response?: 'Success' | 'Error'
  readonly headers: Headers
  /** Items of a list, each with its event name; `complete` names the event that ends it. */
  readonly list?: {
    readonly items: readonly (readonly [event: string, Headers])[]
    readonly complete: string
  }
}

interface Action {
  /** Any one of these classes under "write"; none: everybody may. */
  readonly classes: readonly string[]
  run(pbx: LabPbx, request: Request): Answer
}

const error = (message: string): Answer => ({ response: 'Error', headers: [['Message', message]] })
const success = (message: string): Answer => ({ headers: [['Message', message]] })

function list(message: string, items: readonly (readonly [string, Headers])[], complete: string): Answer {
  return {
    headers: [
      ['EventList', 'start'],
      ['Message', message],
    ],
    list: { items, complete },
  }
}

/** `DEVICE_STATE(Custom:DND1001)`: the function and its argument. */
function readFunction(variable: string): { name: string; argument: string } | undefined {
  const match = /^([A-Z_]+)\((.*)\)$/.exec(variable)
  return match ? { name: match[1] ?? '', argument: match[2] ?? '' } : undefined
}

function setVariable(pbx: LabPbx, request: Request): Answer {
  const target = readFunction(request.get('variable') ?? '')
  const value = request.get('value') ?? ''
  if (target?.name === 'DEVICE_STATE') {
    const state = parseDeviceState(value)
    if (!state || state === 'UNKNOWN' || !target.argument.startsWith('Custom:'))
      return error('Variable not set')
    pbx.setCustom(target.argument, state)
    return success('Variable Set')
  }
  const presentity = /^CustomPresence:(.+)$/.exec(target?.argument ?? '')?.[1]
  if (target?.name !== 'PRESENCE_STATE' || !presentity) return error('Variable not set')
  const [status = '', subtype = '', message = '', options = ''] = value.split(',')
  const decode = (text: string) => (options.includes('e') ? Buffer.from(text, 'base64').toString() : text)
  pbx.setPresence(presentity, { status, subtype: decode(subtype), message: decode(message) })
  return success('Variable Set')
}

function getVariable(pbx: LabPbx, request: Request): Answer {
  const variable = request.get('variable') ?? ''
  const target = readFunction(variable)
  const value = target?.name === 'DEVICE_STATE' ? pbx.deviceState(target.argument) : ''
  return {
    headers: [
      ['Variable', variable],
      ['Value', value],
    ],
  }
}

function hintHeaders(pbx: LabPbx, extension: string): Headers {
  const [status, text] = pbx.hintStatus(extension)
  return [
    ['Exten', extension],
    ['Context', pbx.context],
    ['Hint', pbx.hint(extension)],
    ['Status', status],
    ['StatusText', text],
  ]
}

function extensionState(pbx: LabPbx, request: Request): Answer {
  const extension = request.get('exten') ?? ''
  if (pbx.phones.phone(extension)) {
    return { headers: [['Message', 'Extension Status'], ...hintHeaders(pbx, extension)] }
  }
  const place: Headers = [
    ['Exten', extension],
    ['Context', request.get('context') ?? ''],
  ]
  const unknown: Headers = [
    ['Hint', ''],
    ['Status', -1],
    ['StatusText', 'Unknown'],
  ]
  return { headers: [['Message', 'Extension Status'], ...place, ...unknown] }
}

/** Two Message headers, and the person's text raw (recorded). */
function presenceState(pbx: LabPbx, request: Request): Answer {
  const presence = pbx.presence(request.get('provider') ?? '') ?? {
    status: 'not_set',
    subtype: '',
    message: '',
  }
  return {
    headers: [
      ['Message', 'Presence State'],
      ['State', presence.status],
      ['Subtype', presence.subtype],
      ['Message', presence.message],
      ['PresenceMessage', presence.message],
    ],
  }
}

function showChannels(pbx: LabPbx): Answer {
  const items = pbx.channels
    .list()
    .map((channel): readonly [string, Headers] => [
      'CoreShowChannel',
      [
        ...pbx.channels.describe(channel),
        ['Application', channel.uniqueid === channel.linkedid ? 'Dial' : 'AppDial'],
        ['ApplicationData', ''],
        ['Duration', '00:00:01'],
        ['BridgeId', channel.bridge ?? ''],
      ],
    ])
  return list('Channels will follow', items, 'CoreShowChannelsComplete')
}

function dbGet(pbx: LabPbx, request: Request): Answer {
  const [family = '', key = ''] = [request.get('family'), request.get('key')]
  const value = pbx.astdb.get(family, key)
  if (value === undefined) return error('Database entry not found')
  const item: Headers = [
    ['Family', family],
    ['Key', key],
    ['Val', value],
  ]
  return list('Result will follow', [['DBGetResponse', item]], 'DBGetComplete')
}

function dbPut(pbx: LabPbx, request: Request): Answer {
  const [family = '', key = ''] = [request.get('family'), request.get('key')]
  pbx.astdb.put(family, key, request.get('val') ?? '')
  pbx.databaseChanged(family, key)
  return success('Updated database successfully')
}

function dbDel(pbx: LabPbx, request: Request): Answer {
  const [family = '', key = ''] = [request.get('family'), request.get('key')]
  if (!pbx.astdb.delete(family, key)) return error('Database entry not found')
  pbx.databaseChanged(family, key)
  return success('Key deleted successfully')
}

function voicemailUsers(pbx: LabPbx): Answer {
  const items = pbx.phones.list().flatMap((phone): (readonly [string, Headers])[] => {
    if (!phone.mail) return []
    const headers: Headers = [
      ['VMContext', 'default'],
      ['VoiceMailbox', phone.extension],
      ['Fullname', phone.displayName],
      ['Email', phone.mail],
    ]
    return [['VoicemailUserEntry', headers]]
  })
  return list('Voicemail user list will follow', items, 'VoicemailUserEntryComplete')
}

function queuePause(pbx: LabPbx, request: Request): Answer {
  const name = request.get('interface')
  if (!name) return error("Need 'Interface' parameter.")
  const queue = request.get('queue')
  const on = /^(true|yes|on|1)$/i.test(request.get('paused') ?? '')
  const found = pbx.queues.pause(name, on, { queue: queue || undefined, reason: request.get('reason') ?? '' })
  if (!found) return error('Interface not found')
  return success(on ? 'Interface paused successfully' : 'Interface unpaused successfully')
}

/** `Local/1001@from-queue/n` or `PJSIP/1001`, as an agent's tool signs somebody in to a queue and out again. */
function queueMember(pbx: LabPbx, request: Request, act: 'join' | 'leave'): Answer {
  const queue = request.get('queue')
  const extension = /^[A-Za-z0-9]+\/([^@/]+)/.exec(request.get('interface') ?? '')?.[1]
  if (!queue || !extension) return error("'Queue' and 'Interface' are needed.")
  if (!pbx.phones.phone(extension)) return error('Unable to add interface: No such extension')
  pbx.queues[act](queue, extension)
  return success(act === 'join' ? 'Added interface to queue' : 'Removed interface from queue')
}

const read = ['call', 'reporting']
const report = ['system', 'reporting']

/** The actions the emulator has, with the classes under which Asterisk registers them. */
export const actions: Readonly<Record<string, Action>> = {
  Ping: { classes: [], run: () => ({ headers: [['Ping', 'Pong']] }) },
  ExtensionState: { classes: read, run: extensionState },
  ExtensionStateList: {
    classes: read,
    run: (pbx) =>
      list(
        'Extension Statuses will follow',
        pbx.phones.list().map(({ extension }) => ['ExtensionStatus', hintHeaders(pbx, extension)]),
        'ExtensionStateListComplete',
      ),
  },
  DeviceStateList: {
    classes: read,
    run: (pbx) =>
      list(
        'Device State Changes will follow',
        [...pbx.devices()].map(([device, state]) => [
          'DeviceStateChange',
          [
            ['Device', device],
            ['State', state],
          ],
        ]),
        'DeviceStateListComplete',
      ),
  },
  PresenceState: { classes: read, run: presenceState },
  PresenceStateList: {
    classes: read,
    run: (pbx) =>
      list(
        'Presence State Changes will follow',
        [...pbx.presences()].map(([name, { status, subtype, message }]) => [
          'PresenceStateChange',
          [
            ['Presentity', name],
            ['Status', status],
            ['Subtype', subtype],
            ['Message', escapeC(message)],
          ],
        ]),
        'PresenceStateListComplete',
      ),
  },
  CoreShowChannels: { classes: report, run: showChannels },
  VoicemailUsersList: { classes: read, run: voicemailUsers },
  Getvar: { classes: read, run: getVariable },
  Setvar: { classes: ['call'], run: setVariable },
  DBGet: { classes: report, run: dbGet },
  DBGetTree: {
    classes: report,
    run: (pbx, request) =>
      list(
        'Result will follow',
        pbx.astdb.tree(request.get('family') ?? '').map(([key, value]) => [
          'DBGetTreeResponse',
          [
            ['Key', key],
            ['Val', value],
          ],
        ]),
        'DBGetTreeComplete',
      ),
  },
  QueueStatus: {
    classes: [],
    run: (pbx) => list('Queue status will follow', pbx.queues.list(), 'QueueStatusComplete'),
  },
  QueueAdd: { classes: ['agent'], run: (pbx, request) => queueMember(pbx, request, 'join') },
  QueueRemove: { classes: ['agent'], run: (pbx, request) => queueMember(pbx, request, 'leave') },
  QueuePause: { classes: ['agent'], run: queuePause },
  DBPut: { classes: ['system'], run: dbPut },
  DBDel: { classes: ['system'], run: dbDel },
}
