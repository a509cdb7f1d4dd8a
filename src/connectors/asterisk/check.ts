import { isIP } from 'node:net'
import { type ConnectorContext, ConnectorFailure, type Finding } from '../../core/connector.ts'
import { ExtensionBook } from './book.ts'
import { proveEvents } from './check-events.ts'
import type { Settings } from './config.ts'
import type { AmiMessage } from './frames.ts'
import { type Reading, readEverything } from './reading.ts'
import { classesOf } from './rights.ts'
import { AmiSession } from './session.ts'

/** What each right is for, in the order an operator meets them. */
const needs: readonly { actions: readonly string[]; level: 'error' | 'warning'; without: string }[] = [
  {
    actions: ['ExtensionStateList', 'DeviceStateList'],
    level: 'error',
    without: 'hints and devices cannot be read, so nothing is known after a start',
  },
  {
    actions: ['CoreShowChannels'],
    level: 'warning',
    without: 'calls that were up before the hub connected count as lamps only',
  },
  { actions: ['Getvar'], level: 'warning', without: 'what was written cannot be read back' },
]

const needsToWrite: typeof needs = [
  { actions: ['Setvar'], level: 'error', without: 'do not disturb cannot be set' },
]

const needsOfPlain: typeof needs = [
  {
    actions: ['DBPut', 'DBDel'],
    level: 'warning',
    without: 'a script at the PBX cannot tell which do not disturb to undo when the hub is gone',
  },
]

const needsOfFreepbx: typeof needs = [
  { actions: ['DBGet'], level: 'warning', without: 'do not disturb is read from lamps only' },
  {
    actions: ['DBPut', 'DBDel'],
    level: 'error',
    without: 'FreePBX does not divert calls when the hub sets DND',
  },
]

/** Signs in, looks at rights, hints and events, and leaves. Never throws. */
export async function checkPbx(settings: Settings, context: ConnectorContext): Promise<readonly Finding[]> {
  const heard: AmiMessage[] = []
  try {
    const session = await AmiSession.open(
      {
        settings,
        clock: context.clock,
        network: context.network,
        onEvent: (message) => void heard.push(message),
        onMalformed() {},
        onDoubt() {},
      },
      context.signal,
    )
    try {
      return await examine(session, settings, { heard, context })
    } finally {
      session.close()
    }
  } catch (error) {
    return [failedFinding(error, settings)]
  }
}

async function examine(
  session: AmiSession,
  settings: Settings,
  seen: { heard: readonly AmiMessage[]; context: ConnectorContext },
): Promise<readonly Finding[]> {
  const allowed = commandsOf(await session.action('ListCommands'))
  const extensions = settings.extensions.map((each) => each.extension)
  const reading = await readEverything(session, settings, { extensions })
  const book = new ExtensionBook(settings, (device) => reading.devices?.has(device) ?? false)
  book.replace({
    hints: reading.hints ?? [],
    users: reading.users,
  })
  const wanted = [
    ...needs,
    ...(settings.writeDnd ? needsToWrite : []),
    ...(reading.freepbx
      ? needsOfFreepbx.filter((each) => settings.writeDnd || each.level === 'warning')
      : settings.writeDnd
        ? needsOfPlain
        : []),
  ]
  const findings: Finding[] = [
    { level: 'ok', text: `Signed in at ${settings.host}:${settings.port} as "${settings.username}".` },
    ...tlsFindings(settings),
    ...wanted.flatMap((need) => rightFindings(need, allowed, settings.username)),
    ...flavourFindings(reading),
    ...hintFindings(book, reading, settings),
    ...(await proveEvents(session, { allowed, ...seen })),
  ]
  return findings
}

/** `ListCommands` answers with one header for each action this user may use. */
function commandsOf(answer: AmiMessage): ReadonlySet<string> {
  return new Set(answer.headers.keys())
}

function rightFindings(need: (typeof needs)[number], allowed: ReadonlySet<string>, user: string): Finding[] {
  const missing = need.actions.filter((action) => !allowed.has(action.toLowerCase()))
  if (missing.length === 0) return []
  const rights = [...new Set(missing.map((action) => classesOf(action).join(' or ')))].join(', ')
  return [
    {
      level: need.level,
      text: `This user may not use ${missing.join(', ')}: ${need.without}.`,
      fix: `Add ${rights} to "write" of section [${user}] in manager.conf and reload the manager.`,
    },
  ]
}

function tlsFindings({ host, tls }: Settings): Finding[] {
  const loopback = host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
  if (tls || loopback) return []
  return [
    {
      level: 'info',
      text: `The connection to ${host} is not encrypted: names and numbers of callers can be read on the way.`,
      fix: 'Set tlsenable = yes and tlscertfile in manager.conf, then tls: true and port: 5039 here.',
    },
  ]
}

function flavourFindings(reading: Reading): Finding[] {
  return [
    {
      level: 'ok',
      text: reading.freepbx
        ? 'FreePBX: do not disturb is kept in its database and in custom device states.'
        : 'Plain Asterisk: do not disturb is a custom device state.',
    },
  ]
}

function hintFindings(book: ExtensionBook, reading: Reading, settings: Settings): Finding[] {
  if (!reading.hints) return []
  const people = book.extensions.flatMap((extension) => {
    const entry = book.entry(extension)
    return entry && entry.phones.length > 0 ? [entry] : []
  })
  const elsewhere = settings.context && !reading.hints.some((hint) => hint.context === settings.context)
  if (people.length === 0 || elsewhere) {
    const where = settings.context ? ` in context "${settings.context}"` : ''
    const others = [...new Set(reading.hints.map((hint) => hint.context))].join(', ') || 'none'
    return [
      {
        level: 'error',
        text: `No hint of a phone was found${where}; contexts with hints: ${others}.`,
        fix: 'Correct "context", or add hints to the dialplan: exten => 1001,hint,PJSIP/1001&Custom:DND1001',
      },
    ]
  }
  const dark = people.filter((entry) => !entry.lampShowsDnd).map((entry) => entry.extension)
  const found: Finding = { level: 'ok', text: `${people.length} extensions with phones found.` }
  if (dark.length === 0 || !settings.writeDnd) return [found]
  return [
    found,
    {
      level: 'warning',
      text: `Lamps do not show do not disturb of ${dark.slice(0, 10).join(', ')}${dark.length > 10 ? ` and ${dark.length - 10} more` : ''}.`,
      fix: `Add the DND device to their hints, for example ...&${settings.dndDevice.replaceAll('{extension}', dark[0] ?? '')}`,
    },
  ]
}

function failedFinding(error: unknown, { host, port }: Settings): Finding {
  if (error instanceof ConnectorFailure) {
    return { level: 'error', text: error.message, fix: error.fix ?? 'Look into the log of the PBX.' }
  }
  return {
    level: 'error',
    text: `The PBX at ${host}:${port} did not answer the questions of the check: ${String(error)}`,
    fix: 'Look at the load and the log of the PBX, and try again.',
  }
}
