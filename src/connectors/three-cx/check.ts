import { type ConnectorContext, ConnectorFailure, type Finding } from '../../core/connector.ts'
import { nameSome } from '../kit/health-teller.ts'
import { fieldsOf, textOf } from '../kit/http.ts'
import { syncProblem } from '../kit/vendor-sync.ts'
import { openSocket, SocketRefusal } from '../kit/web-socket.ts'
import { Api, asFailure } from './api.ts'
import type { Settings } from './config.ts'
import { missingFix, mostNamed } from './health.ts'
import { readDns } from './participants.ts'
import { tokenOf } from './sign-in.ts'
import { readSystem, type SystemStatus } from './system.ts'
import { listCards, type UserCard } from './users.ts'
import { readVendorSync, syncField, syncWords } from './vendor-sync.ts'

const openMs = 10_000
const pingMs = 60_000

const ok = (text: string): Finding => ({ level: 'ok', text })

/** Signs in, looks at version, licence, users, calls and the PBX's own sync, and leaves. Never throws. */
export async function checkPbx(settings: Settings, context: ConnectorContext): Promise<readonly Finding[]> {
  const api = new Api(settings, context, tokenOf(settings, context))
  try {
    const system = await readSystem(api)
    const cards = await listCards(api)
    return [
      ok(`Signed in at ${new URL(settings.url).host} as "${settings.clientId}".`),
      ...systemFindings(system),
      ...userFindings(cards),
      ...(settings.calls ? await callFindings({ settings, context, api }, cards) : []),
      ...(await clientFindings(api, settings)),
      ...(await syncFindings(api, context.teamsSync)),
    ]
  } catch (error) {
    return [findingOf(error)]
  } finally {
    api.close()
  }
}

function findingOf(error: unknown): Finding {
  const failure =
    error instanceof ConnectorFailure
      ? error
      : new ConnectorFailure('unexpected', `The check broke: ${String(error)}`)
  const { message, fix = 'Look at the network between this machine and the PBX, and try again.' } = failure
  return { level: 'error', text: message, fix }
}

/** Product codes are not documented; those that were seen begin so. */
const tooSmall = /^3CX(STD|STANDARD|BAS|BASIC|SMB|FREE|PRO)/i

function systemFindings({ version, productCode }: SystemStatus): Finding[] {
  const findings = [ok(`3CX ${version ?? 'of an unknown version'}, licence ${productCode ?? 'not told'}.`)]
  if (productCode === undefined || !tooSmall.test(productCode)) return findings
  return [
    ...findings,
    {
      level: 'warning',
      text: `The licence ${productCode} seems to be a smaller one; 3CX documents the APIs for Enterprise.`,
      fix: 'If calls or profiles are refused, upgrade the licence to Enterprise or AI.',
    },
  ]
}

function userFindings(cards: readonly UserCard[]): Finding[] {
  const withMail = cards.filter(({ mails }) => mails.length > 0).length
  const found = ok(`${cards.length} users, ${withMail} of them with a mail address.`)
  if (cards.length > 0) return [found]
  return [
    {
      level: 'error',
      text: 'This API client sees no user.',
      fix: 'Give it the role System Administrator, or a department that has the users.',
    },
  ]
}

interface Trial {
  readonly settings: Settings
  readonly context: ConnectorContext
  readonly api: Api
}

async function callFindings(trial: Trial, cards: readonly UserCard[]): Promise<Finding[]> {
  const reply = await trial.api.send({ priority: 'settle', method: 'GET', path: '/callcontrol' })
  const read = reply.kind === 'ok' ? readDns(reply.json) : undefined
  if (!read) {
    const { message, fix } = asFailure(reply.kind === 'ok' ? { kind: 'missing' } : reply, 'calls')
    return [
      { level: 'error', text: message, ...(fix !== undefined && { fix: `${fix} Or set calls: false.` }) },
    ]
  }
  const told = new Set(read.dns.map(({ dn }) => dn))
  const missing = cards.filter(({ number, enabled }) => enabled && !told.has(number))
  return [
    await socketFinding(trial),
    missing.length === 0
      ? ok('Calls of every user are told to this API client.')
      : {
          level: 'warning',
          text: `Calls of ${nameSome(
            missing.map(({ number }) => number),
            mostNamed,
          )} are not told to this API client.`,
          fix: missingFix,
        },
  ]
}

async function socketFinding({ settings, context, api }: Trial): Promise<Finding> {
  try {
    const line = await openSocket({
      clock: context.clock,
      network: context.network,
      url: `${settings.url.replace(/^http/, 'ws')}/callcontrol/ws`,
      headers: { authorization: `Bearer ${await api.tokens.get()}` },
      ...{ timeoutMs: openMs, pingMs, stopped: context.signal },
      heard() {},
    })
    line.close()
    await line.closed
    return ok('The WebSocket for calls opens.')
  } catch (error) {
    if (!(error instanceof SocketRefusal)) return findingOf(error)
    return {
      level: 'error',
      text: `The WebSocket for calls does not open: ${error.message}.`,
      fix: 'Let WebSockets pass the firewall and any proxy in front of the PBX.',
    }
  }
}

/** What is ticked at the client itself, where its role lets it look. */
async function clientFindings(api: Api, { clientId }: Settings): Promise<Finding[]> {
  const path = '/xapi/v1/ServicePrincipals?$select=Number,CallControlEnabled,XAPIEnabled'
  const reply = await api.send({ priority: 'settle', method: 'GET', path })
  const { value } = fieldsOf(reply.kind === 'ok' ? reply.json : undefined)
  const own = (Array.isArray(value) ? value : [])
    .map(fieldsOf)
    .find((each) => textOf(each.Number) === clientId)
  if (own?.CallControlEnabled !== false) return []
  return [
    {
      level: 'warning',
      text: 'Call Control API access is not ticked at this API client (ServicePrincipals.CallControlEnabled is false).',
      fix: 'Tick it in Admin Console, Integrations, API, or set calls: false.',
    },
  ]
}

async function syncFindings(api: Api, teamsSync: ConnectorContext['teamsSync']): Promise<Finding[]> {
  const on = await readVendorSync(api)
  if (on === undefined) {
    return [
      {
        level: 'warning',
        text: `Whether 3CX syncs presence with Teams itself could not be read (${syncField}).`,
        fix: 'Look in Admin Console, Integrations, Microsoft 365, or give the API client the role System Administrator.',
      },
    ]
  }
  const problem = syncProblem(on, teamsSync, syncWords)
  return problem
    ? [{ level: 'warning', ...problem }]
    : [ok(`The presence sync of 3CX with Microsoft 365 is ${on ? 'on' : 'off'}, as it should be.`)]
}
