import type { Clock } from '../../core/ports.ts'
import type { Phone, Phones } from '../phones.ts'
import type { LabChannels } from './channels.ts'
import type { DndPlaces } from './dnd-places.ts'
import type { SwitchSettings } from './switches.ts'

export interface CommandWorld {
  readonly clock: Clock
  readonly domain: string
  readonly flavour: 'plain' | 'fusionpbx'
  readonly phones: Phones
  readonly settings: SwitchSettings
  readonly channels: LabChannels
  readonly places: DndPlaces
}

type Run = (world: CommandWorld, argument: string) => string

const listHead =
  'userid|context|domain|group|contact|callgroup|effective_caller_id_name|effective_caller_id_number\n'

function phoneOf({ phones, domain }: CommandWorld, who: string): Phone | undefined {
  const [user = '', host] = who.split('@')
  return host === undefined || host.toLowerCase() === domain ? phones.phone(user) : undefined
}

const contactOf = ({ extension, registered }: Phone) =>
  registered ? `sofia/internal/sip:${extension}@127.0.0.1:5062` : 'error/user_not_registered'

function rows(list: readonly Readonly<Record<string, string>>[]): string {
  return JSON.stringify({ row_count: list.length, ...(list.length > 0 && { rows: list }) })
}

function show(world: CommandWorld, argument: string): string {
  if (argument === 'channels as json') return rows(world.channels.rows())
  if (argument !== 'registrations as json') return '-USAGE: show channels|registrations as json\n'
  const registered = world.phones.list().filter((phone) => phone.registered)
  return rows(
    registered.map((phone) => ({
      reg_user: phone.extension,
      realm: world.domain,
      token: `token-${phone.extension}`,
      url: contactOf(phone),
      expires: String(Math.floor(world.clock.wall() / 1000) + 3600),
      network_proto: 'udp',
    })),
  )
}

/** FusionPBX's directory is in a database, which answers for one user at a time only. */
function listUsers(world: CommandWorld, argument: string): string {
  const [, domain] = argument.split(' ')
  const listed = world.flavour === 'plain' && (domain === undefined || domain === world.domain)
  const lines = (listed ? world.phones.list() : []).map(
    (phone) =>
      `${phone.extension}|default|${world.domain}|default|${contactOf(phone)}|techsupport|${phone.displayName}|${phone.extension}\n`,
  )
  return `${listHead}${lines.join('')}\n+OK\n`
}

function userData(world: CommandWorld, argument: string): string {
  const [who = '', kind, name] = argument.split(' ')
  const phone = phoneOf(world, who)
  if (!phone) return ''
  const fusion = world.flavour === 'fusionpbx'
  const values: Readonly<Record<string, string | undefined>> = {
    'attr id': phone.extension,
    'param vm-mailto': phone.mail,
    'var effective_caller_id_name': phone.displayName,
    'var directory_full_name': fusion ? phone.displayName : undefined,
    'var do_not_disturb': fusion ? String(phone.dnd) : undefined,
    'param dial-string': fusion && phone.dnd ? 'error/user_busy' : undefined,
  }
  return values[`${kind} ${name}`] ?? ''
}

const commands: Readonly<Record<string, Run>> = {
  version: ({ settings }) => `FreeSWITCH Version ${settings.version} (git lab 64bit)\n`,
  uptime: ({ clock }) => `${Math.floor(clock.monotonic() / 1000)}\n`,
  show,
  list_users: listUsers,
  user_data: userData,
  user_exists(world, argument) {
    const [, user = '', domain = ''] = argument.split(' ')
    return String(phoneOf(world, `${user}@${domain}`) !== undefined)
  },
  domain_exists: ({ domain }, argument) => String(argument.toLowerCase() === domain),
  sofia_contact(world, argument) {
    const phone = phoneOf(world, argument.replace(/^[^/]*\//, ''))
    return phone ? contactOf(phone) : 'error/user_not_registered'
  },
  sofia({ settings }, argument) {
    const profile = argument.replace('status profile ', '')
    return settings.sipProfiles.includes(profile) ? `Name             \t${profile}\n` : 'Invalid Profile!\n'
  },
  db: ({ places }, argument) => places.run('db', argument),
  hash: ({ places }, argument) => places.run('hash', argument),
}

/** What `api` prints. */
export function runCommand(world: CommandWorld, text: string): string {
  const space = text.indexOf(' ')
  const name = space < 0 ? text : text.slice(0, space)
  const run = Object.hasOwn(commands, name) && !world.settings.missing.includes(name) && commands[name]
  return run ? run(world, space < 0 ? '' : text.slice(space + 1)) : `-ERR ${name} Command not found!\n`
}
