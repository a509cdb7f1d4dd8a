import { type ConnectorContext, ConnectorFailure, type Finding } from '../../core/connector.ts'
import { canDeliver } from '../kit/callback.ts'
import { fieldsOf } from '../kit/http.ts'
import { activeRule, decodeRules } from './answer-rules.ts'
import { decodeCalls } from './calls.ts'
import { ApiClient, failureOf } from './client.ts'
import type { Settings } from './config.ts'
import { featureFindings } from './feature-check.ts'
import { textIn } from './fields.ts'
import { foreignProblem, foreignSync } from './foreign-sync.ts'
import { keyFindings } from './key-findings.ts'
import { readSubscriptions } from './subscriptions.ts'
import { readDirectory } from './users.ts'

/** API v2 is described for this release; what it needs is not known of earlier ones. */
const oldestMajor = 44

/** Looks at address, release, key, rights, the vendor's own sync and the way of events; writes nothing. Never throws. */
export async function checkPlatform(
  settings: Settings,
  context: ConnectorContext,
): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  try {
    const client = new ApiClient(settings, context, context.signal)
    const version = await client.send({
      ...{ call: 'version', method: 'GET', path: '/version', priority: 'hot' },
    })
    if (version.kind !== 'ok') return [findingOf(failureOf(version))]
    findings.push(versionFinding(textIn(fieldsOf(version.json), ['apiversion']), settings))
    const ofKey = await keyFindings(client, settings)
    findings.push(...ofKey)
    // What the key says of itself explains whatever would be refused now.
    if (ofKey.some(({ level }) => level === 'error')) return findings
    findings.push(...(await userFindings(client, settings)))
    findings.push(...(await readingFindings(client)))
    if (settings.sip) findings.push(...(await featureFindings(settings, context)))
    findings.push(...(await eventFindings(client, settings, context)))
  } catch (error) {
    findings.push(findingOf(error))
  }
  return findings
}

/** `45` out of `45.0.2` or `Version: 44.1.0`. */
export function majorOf(version: string | undefined): number | undefined {
  const major = /(\d+)\.\d+/.exec(version ?? '')?.[1]
  return major === undefined ? undefined : Number(major)
}

function versionFinding(version: string | undefined, { profile }: Settings): Finding {
  const major = majorOf(version)
  if (major === undefined) {
    return {
      level: 'error',
      text: 'There is no API of NetSapiens at this address.',
      fix: `Set "url" to the host of the API, for example ${profile.exampleUrl}; the portal may be elsewhere.`,
    }
  }
  if (major >= oldestMajor) return { level: 'ok', text: `${profile.title} runs release ${version}.` }
  return {
    level: 'error',
    text: `${profile.title} runs release ${version}, which is too old.`,
    fix: `Ask ${profile.operator} for release ${oldestMajor} or later.`,
  }
}

async function userFindings(client: ApiClient, { domain, profile, sip }: Settings): Promise<Finding[]> {
  const users = await readDirectory(client)
  const [first] = users
  if (!first) {
    const fix = `Write "domain" as ${profile.operator} names it, or add users.`
    return [{ level: 'error', text: `Domain "${domain}" has no users.`, fix }]
  }
  const findings: Finding[] = [{ level: 'ok', text: `Domain "${domain}" has ${users.length} users.` }]
  if (sip) return findings
  const path = client.userPath(first.address, 'answerrules')
  const reply = await client.send({ call: 'rules', method: 'GET', path, priority: 'hot' })
  if (reply.kind !== 'ok') return [...findings, findingOf(failureOf(reply))]
  const rules = decodeRules(reply.json)
  if (!rules) {
    const text = 'Answer rules came in a form that is not understood.'
    findings.push({ level: 'error', text, fix: 'Report it with the answer, names and numbers taken out.' })
  } else if (!activeRule(rules)) {
    const text = `No answer rule of user ${first.address} is in force: do not disturb has no place there.`
    findings.push({ level: 'warning', text, fix: 'Give users an answer rule for the time frame "Default".' })
  } else findings.push({ level: 'ok', text: 'Answer rules can be read; do not disturb stands there.' })
  return findings
}

async function readingFindings(client: ApiClient): Promise<Finding[]> {
  const reply = await client.send({
    ...{ call: 'calls', method: 'GET', path: client.domainPath('calls'), priority: 'hot' },
  })
  if (reply.kind !== 'ok') return [findingOf(failureOf(reply))]
  if (decodeCalls(reply.json)) return [{ level: 'ok', text: 'Calls of the domain can be read.' }]
  const text = 'Calls of the domain came in a form that is not understood.'
  return [{ level: 'error', text, fix: 'Report it with the answer, names and numbers taken out.' }]
}

async function eventFindings(
  client: ApiClient,
  settings: Settings,
  context: ConnectorContext,
): Promise<Finding[]> {
  const found = await readSubscriptions(client)
  const devices = await client.send({
    ...{ call: 'devices', method: 'GET', path: client.domainPath('devices'), priority: 'hot' },
  })
  const foreign = foreignSync('kind' in found ? [] : found, devices.kind === 'ok' ? devices.json : [])
  const findings = syncFindings(foreign, context.teamsSync)
  const root = context.callbackUrl()
  if (!settings.webhooks) return [...findings, { level: 'ok', text: 'Events are not asked for; polled.' }]
  if ('kind' in found) {
    const { message, fix = 'Set "webhooks: false" to poll only.' } = failureOf(found)
    const text = `Event subscriptions cannot be looked at, so that the domain is polled: ${message}`
    return [...findings, { level: 'warning', text, fix }]
  }
  if (root !== undefined && !canDeliver(root, client.url)) {
    const text = 'Events cannot be posted to this hub: "http.publicUrl" is not set. The domain is polled.'
    return [...findings, { level: 'info', text }]
  }
  return [...findings, { level: 'ok', text: 'Event subscriptions can be made.' }]
}

/** That nothing tells of ConnecttoTeams proves little, so that its absence alone is no fault. */
function syncFindings(foreign: string | undefined, teamsSync: ConnectorContext['teamsSync']): Finding[] {
  const problem = foreignProblem(foreign, teamsSync)
  if (problem) return [{ level: foreign === undefined ? 'info' : 'warning', ...problem }]
  if (foreign === undefined) return []
  const text = `ConnecttoTeams is at work in this domain (${foreign}), as teamsSync: vendor says.`
  return [{ level: 'ok', text }]
}

function findingOf(error: unknown): Finding {
  const fix = 'Look into the log.'
  if (error instanceof ConnectorFailure) return { level: 'error', text: error.message, fix: error.fix ?? fix }
  return { level: 'error', text: 'The platform could not be examined.', fix }
}
