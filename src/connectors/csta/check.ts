import type { ConnectorContext, Finding } from '../../core/connector.ts'
import { asNotReady } from '../kit/failures.ts'
import { isLoopback } from '../kit/tcp.ts'
import type { Settings } from './config.ts'
import { DeviceBook } from './device-book.ts'
import { listDevices } from './directory.ts'
import { Monitors } from './monitors.ts'
import { Reader, type Service } from './reading.ts'
import { type CstaRefusal, kindOf, type RefusalKind } from './refusal.ts'
import { CstaSession } from './session.ts'

/** Signs in, lists the devices, monitors and reads one of them, and leaves. Never throws. */
export async function checkSystem(
  settings: Settings,
  context: ConnectorContext,
): Promise<readonly Finding[]> {
  const { clock, network } = context
  const options = { settings, clock, network, hear() {}, beat() {}, strange() {}, malformed() {} }
  try {
    const session = await CstaSession.open(options, context.signal)
    try {
      return await examine(session, settings)
    } finally {
      session.close()
    }
  } catch (error) {
    const { message: text, fix } = asNotReady(error, 'The system')
    return [
      { level: 'error', text, fix: fix ?? 'Look at the load and the log of the system, and try again.' },
    ]
  }
}

async function examine(session: CstaSession, settings: Settings): Promise<readonly Finding[]> {
  const { host, port, profile, username, extensions } = settings
  const as = profile.signIn === 'none' ? '' : ` as "${username}"`
  const findings: Finding[] = [
    { level: 'ok', text: `Signed in at ${host}:${port}${as} (${profile.title}).` },
    ...tlsFindings(settings),
  ]
  const listed = await listDevices(session)
  const stations = listed?.filter(({ station }) => station) ?? []
  findings.push(...listFindings(listed && stations.length, settings))
  const probe = settings.probe ?? extensions[0]?.extension ?? stations[0]?.number
  if (probe !== undefined) return [...findings, ...(await tryExtension(session, probe, settings))]
  return [
    ...findings,
    {
      level: 'info',
      text: 'Monitoring was not tried: no extension is known.',
      fix: 'Set probe to an extension, to have it tried.',
    },
  ]
}

/** Of a connection that others can listen to. */
export function tlsFindings({ host, tls, profile }: Pick<Settings, 'host' | 'tls' | 'profile'>): Finding[] {
  if (tls || isLoopback(host)) return []
  const password = profile.signIn === 'none' ? '' : ' and the password'
  return [
    {
      level: 'info',
      text: `The connection to ${host} is not encrypted: numbers of callers${password} can be read on the way.`,
      fix: 'Set tls: true and the TLS port, where the system offers one.',
    },
  ]
}

function listFindings(stations: number | undefined, { extensions }: Settings): Finding[] {
  const mails = extensions.filter(({ mail }) => mail !== undefined).length
  const list: Finding =
    stations === undefined
      ? {
          level: 'info',
          text: 'The system does not list its devices; only "extensions" of this connector are known.',
        }
      : { level: 'ok', text: `The system lists ${stations} extensions.` }
  if (mails > 0) return [list, { level: 'ok', text: `${mails} extensions have a mail address here.` }]
  return [
    list,
    {
      level: 'info',
      text: 'No extension has a mail address: CSTA knows none, so nobody is matched by it.',
      fix: 'Give the extensions their mail addresses under "extensions", or people their addresses under "people".',
    },
  ]
}

const monitorFixes: Readonly<Partial<Record<RefusalKind, string>>> = {
  limit: 'Monitors are licensed: buy more at the system, or end those of other applications.',
  denied: 'Give this application user the right to monitor the extension.',
  unknownDevice:
    'Set probe to an extension that exists, and look whether the profile writes it as the system does.',
}

function monitorFinding(probe: string, refusal: CstaRefusal | undefined): Finding {
  const why = refusal?.message ?? 'without a reason'
  const fix = refusal && monitorFixes[kindOf(refusal)]
  return {
    level: 'error',
    text: `Extension ${probe} cannot be monitored: ${why}.`,
    fix: fix ?? 'Look in the log of the system why it refuses the monitor.',
  }
}

const without: Readonly<Record<Service, Pick<Finding, 'level' | 'text'>>> = {
  SnapshotDevice: {
    level: 'warning',
    text: 'The system has no SnapshotDevice: calls that were up before the hub connected are not seen.',
  },
  SnapshotCall: {
    level: 'info',
    text: 'The system has no SnapshotCall: of calls that were up before, nobody knows with whom.',
  },
  GetDoNotDisturb: {
    level: 'warning',
    text: 'The system has no GetDoNotDisturb: do not disturb is known from its first change on, and not read back.',
  },
}

async function tryExtension(session: CstaSession, probe: string, settings: Settings): Promise<Finding[]> {
  const monitors = new Monitors()
  if (!(await monitors.start(session, probe))) return [monitorFinding(probe, monitors.refused.get(probe))]
  const refused: CstaRefusal[] = []
  const reader = new Reader({
    ...{ session, book: new DeviceBook(), strange() {} },
    refused: (_extension, refusal) => void refused.push(refusal),
  })
  await reader.read(probe)
  monitors.stop(session, probe)
  const findings: Finding[] = [{ level: 'ok', text: `Extension ${probe} can be monitored.` }]
  for (const refusal of refused) {
    findings.push({
      level: 'error',
      text: `Extension ${probe} cannot be read: ${refusal.message}.`,
      fix: 'Give this application user the right to it, or set probe to another extension.',
    })
  }
  for (const service of reader.lacking) {
    const writing = service === 'GetDoNotDisturb' && settings.writeDnd
    const fix = writing ? 'Set writeDnd: false where a write that is not read back is not wanted.' : undefined
    findings.push({ ...without[service], ...(fix !== undefined && { fix }) })
  }
  return findings
}
