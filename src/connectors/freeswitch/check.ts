import { type ConnectorContext, ConnectorFailure, type Finding } from '../../core/connector.ts'
import { isLoopback } from '../kit/tcp.ts'
import type { Settings } from './config.ts'
import { subscription } from './decode.ts'
import { readDirectory } from './directory.ts'
import { dndPlace } from './dnd.ts'
import { orNothing, readChannels, readRegistrations } from './reading.ts'
import { EslRefusal, EslSession } from './session.ts'

const ok = (text: string): Finding => ({ level: 'ok', text })

/** `FreeSWITCH Version 1.10.12-release ...`; older ones have no presence id in the list of channels. */
const oldest = [1, 6] as const

/** Signs in, looks at version, people, calls, do not disturb and lamps, and leaves nothing behind. Never throws. */
export async function checkSwitch(
  settings: Settings,
  context: ConnectorContext,
): Promise<readonly Finding[]> {
  try {
    const { clock, network } = context
    const session = await EslSession.open({ settings, clock, network, heard() {} }, context.signal)
    try {
      return [
        await versionFinding(session, settings),
        ...passwordFinding(settings),
        ...tlsFinding(settings),
        await domainFinding(session, settings),
        await callFinding(session),
        await dndFinding(session, settings),
        ...(await lampFinding(session, settings)),
      ]
    } finally {
      session.close()
    }
  } catch (error) {
    return [findingOf(error)]
  }
}

function findingOf(error: unknown): Finding {
  const failure =
    error instanceof ConnectorFailure
      ? error
      : new ConnectorFailure('unexpected', `FreeSWITCH could not be examined: ${String(error)}`)
  const { message, fix = 'Look at the network between this machine and FreeSWITCH, and try again.' } = failure
  return { level: 'error', text: message, fix }
}

async function versionFinding(session: EslSession, { host, port }: Settings): Promise<Finding> {
  const text = (await orNothing(session.api('version'))) ?? ''
  const found = /(\d+)\.(\d+)(?:\.\d+)?/.exec(text)
  if (!found) return ok(`Signed in at ${host}:${port}; the version is not told.`)
  const [major, minor] = [Number(found[1]), Number(found[2])]
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) {
    return ok(`Signed in at ${host}:${port}: FreeSWITCH ${found[0]}.`)
  }
  return {
    level: 'error',
    text: `FreeSWITCH ${found[0]} is too old.`,
    fix: `Use ${oldest.join('.')} or later.`,
  }
}

/** The password that every FreeSWITCH is delivered with lets anybody run commands on it. */
function passwordFinding({ password }: Settings): readonly Finding[] {
  if (password !== 'ClueCon') return []
  return [
    {
      level: 'warning',
      text: 'The event socket still has the password that FreeSWITCH is delivered with.',
      fix: 'Change it in event_socket.conf.xml, "reload mod_event_socket", and set it here.',
    },
  ]
}

/** Of a connection that others can listen to. */
export function tlsFinding({ host, tls }: Pick<Settings, 'host' | 'tls'>): readonly Finding[] {
  if (tls || isLoopback(host)) return []
  return [
    {
      level: 'info',
      text: `The connection to ${host} is not encrypted: the password and numbers of callers can be read on the way.`,
      fix: 'Put a proxy with TLS before the event socket and set tls: true, carry it through a tunnel, or run the hub there.',
    },
  ]
}

async function domainFinding(session: EslSession, settings: Settings): Promise<Finding> {
  const { domain } = settings
  const exists = await orNothing(session.api(`domain_exists ${domain}`))
  const people = await readDirectory(session, settings)
  if (exists === 'false' && people.length === 0) {
    return {
      level: 'error',
      text: `The directory has no domain ${domain}.`,
      fix: 'Use what follows the @ in the presence id of a channel ("show channels as json").',
    }
  }
  const withMail = people.filter(({ mails }) => mails.length > 0).length
  const text = `${people.length} extensions of ${domain}, ${withMail} of them with a mail address.`
  if (people.length > 0) return ok(text)
  return {
    level: 'warning',
    text: `${text} A directory in a database shows registered phones only.`,
    fix: 'Name them under "extensions" with their mail addresses.',
  }
}

async function callFinding(session: EslSession): Promise<Finding> {
  const channels = await readChannels(session)
  const registrations = await readRegistrations(session)
  await session.command(subscription)
  return ok(`${channels.length} channels, ${registrations.length} registered phones; events can be heard.`)
}

async function dndFinding(session: EslSession, settings: Settings): Promise<Finding> {
  const place = dndPlace(settings)
  const [someone] = await readDirectory(session, settings)
  try {
    await place.read(session, someone?.address ?? '0')
  } catch (error) {
    if (!(error instanceof EslRefusal)) throw error
    return { level: 'error', text: `Do not disturb cannot be read: ${error.message}.`, fix: place.fix }
  }
  if (settings.flavour === 'fusionpbx') {
    return {
      level: 'info',
      text: 'Do not disturb is read from the extension. Whether it can be written shows only when it is.',
      fix: place.fix,
    }
  }
  return {
    level: 'info',
    text: `Do not disturb is kept at ${place.name}. Whether the dialplan asks it cannot be seen from here.`,
    fix: 'Put the example of docs/connectors/freeswitch.md into the dialplan.',
  }
}

/** Passive profiles leave events about presence aside (sofia_presence.c). */
async function lampFinding(
  session: EslSession,
  { lamps, sipProfile }: Settings,
): Promise<readonly Finding[]> {
  if (!lamps) return []
  const profile = await orNothing(session.api(`sofia status profile ${sipProfile}`))
  if (profile !== undefined && !/^invalid profile/i.test(profile)) {
    return [ok(`Lamps are lit at SIP profile ${sipProfile}; it needs manage-presence = true.`)]
  }
  return [
    {
      level: 'error',
      text: `There is no SIP profile "${sipProfile}": lamps would stay dark.`,
      fix: 'Set sipProfile to the profile at which the phones register.',
    },
  ]
}
