import { type ConnectorContext, ConnectorFailure, type Finding } from '../../core/connector.ts'
import { basicRoles, nameOf, readDirectory, wholeRoles } from './directory.ts'
import { explainGraph } from './errors.ts'
import { ownApplicationPermission, readSecretEnd } from './own-application.ts'
import { peopleWithin, promisedMs } from './pace.ts'
import { decodePresences } from './presence-reply.ts'
import { readPermission } from './reading.ts'
import { openSession, type Session } from './session.ts'
import type { Settings } from './settings.ts'
import type { Token } from './tokens.ts'
import { writePermission } from './writing.ts'

const ok = (text: string): Finding => ({ level: 'ok', text })
const info = (text: string, fix: string): Finding => ({ level: 'info', text, fix })
const warning = (text: string, fix: string): Finding => ({ level: 'warning', text, fix })
const failed = (text: string, fix?: string): Finding => ({
  level: 'error',
  text,
  ...(fix === undefined ? {} : { fix }),
})

const readRoles = ['Presence.Read.All', 'Presence.ReadWrite.All']
const skewWarnMs = 60_000
const skewErrorMs = 300_000
const soonMs = 30 * 86_400_000
const nobody = '00000000-0000-0000-0000-000000000000'

const grant = (permission: string) =>
  `In the app registration, add the application permission ${permission} of Microsoft Graph and choose "Grant admin consent"; it can take some minutes to work.`

/** Trial connection: signs in, lists people, reads one presence; changes nobody. */
export async function checkTeams(settings: Settings, context: ConnectorContext): Promise<readonly Finding[]> {
  const session = openSession(settings, context)
  const findings: Finding[] = []
  try {
    const token = await session.tokens.get()
    findings.push(ok(`Signed in to tenant ${settings.entraTenantId} as app ${settings.clientId}.`))
    findings.push(
      ...checkClock(token),
      ...checkCertificate(session, context),
      ...checkRoles(token, context.readOnly || session.writer !== undefined),
    )
    findings.push(...(await checkWriter(session)))
    findings.push(...(await checkSecretEnd(session, settings, { token, context })))
    findings.push(...(await checkPeople(session, settings, token)))
    if (token.roles === undefined && !context.readOnly && !session.writer)
      findings.push(await probeWrite(session, settings))
    findings.push(ok(budgetSentence(settings)))
  } catch (error) {
    if (error instanceof ConnectorFailure) findings.push(failed(error.message, error.fix))
    else findings.push(failed('The check broke off unexpectedly.', 'Report this with the log.'))
    context.log.debug('check of the Teams connector failed', { error })
  } finally {
    session.close()
  }
  return findings
}

/** Of an application that only writes: it signs in, and may. */
async function checkWriter({ writer }: Session): Promise<Finding[]> {
  if (!writer) return []
  const { roles } = await writer.token()
  const signedIn = ok(`Signed in as app ${writer.subject.clientId}, which writes.`)
  if (!roles || roles.includes(writePermission)) return [signedIn]
  const text = `The application permission ${writePermission} is missing at app ${writer.subject.clientId}: nothing can be written to Teams.`
  return [signedIn, failed(text, grant(writePermission))]
}

function checkClock({ skewMs }: Token): Finding[] {
  if (skewMs === undefined || Math.abs(skewMs) < skewWarnMs) return []
  const text = `The clock of this machine is ${Math.round(Math.abs(skewMs) / 1000)} s ${skewMs > 0 ? 'behind' : 'ahead of'} Microsoft's.`
  const fix = 'Set up time synchronisation (NTP) on this machine.'
  return [Math.abs(skewMs) >= skewErrorMs ? failed(text, fix) : warning(text, fix)]
}

function checkCertificate({ tokens }: Session, { clock }: ConnectorContext): Finding[] {
  const end = tokens.credentialExpiresAt
  if (end === undefined || end - clock.wall() > soonMs) return []
  const days = Math.floor((end - clock.wall()) / 86_400_000)
  return [
    warning(`The certificate expires in ${days} days.`, 'Upload a new one and configure it before that day.'),
  ]
}

/** Whether somebody will be told before the client secret ends. */
async function checkSecretEnd(
  { graph }: Session,
  { clientId, secret, secretEndKnown }: Settings,
  { token, context }: { readonly token: Token; readonly context: ConnectorContext },
): Promise<Finding[]> {
  if (secret === undefined || secretEndKnown) return []
  const allowed = token.roles?.includes(ownApplicationPermission) ?? false
  const at = allowed ? await readSecretEnd({ graph, clientId, secret }) : undefined
  if (at === undefined) {
    return [
      info(
        'When the client secret ends is not known, so nobody is told before it does.',
        `Write the day beside it (clientSecretExpires), or grant the application permission ${ownApplicationPermission}.`,
      ),
    ]
  }
  const days = Math.floor((at - context.clock.wall()) / 86_400_000)
  const text = `The client secret ends in ${days} days.`
  if (at - context.clock.wall() > soonMs) return [ok(text)]
  return [warning(text, 'Make a new one and configure it before that day.')]
}

/** What the token itself says of the granted permissions. */
export function checkRoles({ roles }: Pick<Token, 'roles'>, readOnly = false): Finding[] {
  if (roles === undefined) return []
  const has = (wanted: readonly string[]) => wanted.some((role) => roles.includes(role))
  const findings: Finding[] = []
  findings.push(
    readOnly && has(readRoles)
      ? ok('Presence can be read, which is all that is wanted.')
      : has([writePermission])
        ? ok(`${writePermission} is granted: presence can be read and written.`)
        : failed(
            `The application permission ${writePermission} is missing: nothing can be written to Teams${has(readRoles) ? '' : ', and nobody can be read'}.`,
            grant(writePermission),
          ),
  )
  if (!has([...basicRoles, ...wholeRoles])) {
    findings.push(
      failed(
        'The application permission User.ReadBasic.All is missing: people cannot be found by name.',
        grant('User.ReadBasic.All'),
      ),
    )
  }
  return findings
}

async function checkPeople(session: Session, settings: Settings, { roles }: Token): Promise<Finding[]> {
  const parts = {
    graph: session.graph,
    subject: settings,
    sleep: (ms: number) => session.sleeper.sleep(ms),
    tries: 2,
  }
  const findings: Finding[] = []
  let first: string | undefined
  try {
    const { entries, unseen, unlicensed } = await readDirectory(parts, settings.read, roles)
    const guests = entries.filter((entry) => entry.guest).length
    findings.push(
      ok(`${entries.length} people are in the tenant${guests > 0 ? `, ${guests} of them guests` : ''}.`),
    )
    for (const sentence of unseen) findings.push(ok(sentence))
    if (unlicensed.length > 0) {
      findings.push(
        info(
          `${unlicensed.length} people have no Teams licence, for example ${unlicensed.slice(0, 3).map(nameOf).join(', ')}.`,
          'They show no presence; leave them out or license them.',
        ),
      )
    }
    first = entries.find((entry) => !entry.guest && entry.enabled !== false)?.address
  } catch (error) {
    if (!(error instanceof ConnectorFailure)) throw error
    findings.push(failed(error.message, error.fix))
  }
  findings.push(await probeRead(session, settings, first ?? nobody))
  return findings
}

async function probeRead({ graph }: Session, settings: Settings, id: string): Promise<Finding> {
  const reply = await graph.send({
    call: 'presences',
    priority: 'settle',
    method: 'POST',
    path: '/communications/getPresencesByUserId',
    body: JSON.stringify({ ids: [id] }),
    timeoutMs: 10_000,
    patienceMs: 20_000,
  })
  switch (reply.kind) {
    case 'ok':
      return decodePresences(reply.text)
        ? ok('The presence of one person was read.')
        : failed(
            'Graph answered the presence request with something else than presence.',
            'Check graphUrl, and whether a proxy answers in its place.',
          )
    case 'refused': {
      // The id that stands for nobody is refused by right: the call itself is allowed.
      if (id === nobody && (reply.refusal.status === 404 || reply.refusal.status === 400)) {
        return ok('Presence may be read.')
      }
      const { reason, fix } = explainGraph(reply.refusal, readPermission, settings)
      return failed(`Presence cannot be read: ${reason}`, fix)
    }
    case 'wait':
      return warning(
        `Presence was not read: ${reply.reason}.`,
        'Try again later; check that nothing else uses this app.',
      )
    case 'trouble':
      return failed(`Presence cannot be read: ${reply.reason}.`, 'Check graphUrl and the network.')
    case 'signedOut':
      return failed(reply.failure.message, reply.failure.fix)
  }
}

/** Where the token does not say what it may: a clear for nobody is refused with 403, or finds nobody. */
async function probeWrite({ graph }: Session, settings: Settings): Promise<Finding> {
  const reply = await graph.send({
    call: 'clearPresence',
    priority: 'settle',
    method: 'POST',
    path: `/users/${nobody}/presence/clearPresence`,
    body: JSON.stringify({ sessionId: settings.clientId }),
    timeoutMs: 10_000,
    patienceMs: 20_000,
  })
  if (reply.kind === 'refused' && (reply.refusal.status === 401 || reply.refusal.status === 403)) {
    const { reason, fix } = explainGraph(reply.refusal, writePermission, settings)
    return failed(`Presence cannot be written: ${reason}`, fix)
  }
  if (reply.kind === 'ok' || reply.kind === 'refused')
    return ok('Presence may be written, as far as can be told without writing.')
  return warning(
    'Whether presence may be written could not be found out.',
    'Run hookswitch check --live with a person who agrees to it.',
  )
}

function budgetSentence({ requestsPer30s }: Settings): string {
  const people = peopleWithin(promisedMs - 500, requestsPer30s)
  return `With ${requestsPer30s} requests per 30 s, up to ${people.toLocaleString('en')} people are read within ${promisedMs / 1000} s whatever else happens.`
}
