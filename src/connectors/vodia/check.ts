import { type ConnectorContext, ConnectorFailure, type Finding } from '../../core/connector.ts'
import { canDeliver, knownCallbackSecret } from '../kit/callback.ts'
import { decodeCalls } from './calls.ts'
import { PbxClient, type PbxReply } from './client.ts'
import type { Settings } from './config.ts'
import { decodeDnd } from './dnd.ts'
import { failureOf } from './follower.ts'
import { foreignOf, inspectHooks } from './hook-keeper.ts'
import { readTenant, type TenantReading } from './reading.ts'
import { isTooOld, oldestVersion } from './tenant.ts'
import { ownSyncProblem } from './vendor-sync.ts'

/** Looks at sign-in, rights, release, the vendor's own sync and the action URLs; writes nothing. Never throws. */
export async function checkPbx(settings: Settings, context: ConnectorContext): Promise<readonly Finding[]> {
  try {
    const client = new PbxClient(settings, context, context.signal)
    const { domain, outsideDigits } = settings
    const tenant = await readTenant(client, { domain, outsideDigits, priority: 'hot' })
    if ('kind' in tenant) return [findingOf(failureOf(tenant))]
    const signedIn = `Signed in at ${client.url} as "${settings.username}"; tenant "${domain}" has ${tenant.extensions.size} extensions.`
    return [
      { level: 'ok', text: signedIn },
      versionFinding(tenant),
      ...(await phoneFindings(client, tenant)),
      ...syncFindings(tenant, context.teamsSync),
      ...streamFindings(settings, tenant),
      ...(await hookFindings(client, settings, context)),
    ]
  } catch (error) {
    return [findingOf(error)]
  }
}

function versionFinding({ version }: TenantReading): Finding {
  if (version === undefined) {
    const text = `The release of the PBX is only told to a system administrator; it must be ${oldestVersion} or later.`
    return { level: 'info', text }
  }
  if (!isTooOld(version)) return { level: 'ok', text: `The PBX runs release ${version}.` }
  const text = `The PBX runs release ${version}, which is too old.`
  return { level: 'error', text, fix: `Update it to ${oldestVersion} or later.` }
}

/** One extension stands for all: whether calls and do not disturb can be read, and are understood. */
async function phoneFindings(client: PbxClient, { extensions }: TenantReading): Promise<Finding[]> {
  const [extension] = extensions
  if (extension === undefined) {
    const fix = 'Check "domain", or add extensions at the PBX.'
    return [{ level: 'error', text: 'The tenant has no extensions.', fix }]
  }
  const parts = [
    ['calls', 'Calls', decodeCalls],
    ['dnd', 'Do not disturb', decodeDnd],
  ] as const
  const findings: Finding[] = []
  for (const [what, title, decode] of parts) {
    const path = client.userPath(extension, what)
    const reply = await client.send({ call: what, method: 'GET', path, priority: 'hot' })
    if (reply.kind === 'ok' && decode(reply.json) !== undefined) continue
    findings.push(unreadable(title, extension, reply))
  }
  return findings.length > 0 ? findings : [{ level: 'ok', text: 'Calls and do not disturb can be read.' }]
}

function unreadable(title: string, extension: string, reply: PbxReply): Finding {
  if (reply.kind === 'ok' || reply.kind === 'malformed') {
    return {
      level: 'error',
      text: `${title} of extension ${extension} came in a form that is not understood.`,
      fix: 'Report it with the answer of the PBX, names and numbers taken out.',
    }
  }
  const { message, fix = 'Try again.' } = failureOf(reply)
  return { level: 'error', text: `${title} of extension ${extension} cannot be read: ${message}`, fix }
}

function syncFindings({ ownSync }: TenantReading, teamsSync: ConnectorContext['teamsSync']): Finding[] {
  const problem = ownSyncProblem(ownSync, teamsSync)
  if (problem) return [{ level: 'warning', ...problem }]
  if (ownSync === undefined) return []
  return [
    { level: 'ok', text: `The PBX's own presence sync with Teams is on (${ownSync}), as it should be.` },
  ]
}

function streamFindings({ streamExtension }: Settings, { extensions }: TenantReading): Finding[] {
  if (streamExtension === undefined || extensions.has(streamExtension)) return []
  return [
    {
      level: 'error',
      text: `"streamExtension" ${streamExtension} is no extension of the tenant.`,
      fix: 'Name one of its extensions, or leave it out.',
    },
  ]
}

async function hookFindings(
  client: PbxClient,
  settings: Settings,
  context: ConnectorContext,
): Promise<Finding[]> {
  const root = context.callbackUrl()
  if (settings.webhooks === 'off') return [{ level: 'ok', text: 'Action URLs are left alone.' }]
  if (root === undefined || !canDeliver(root, client.url)) {
    const text =
      'Action URLs are not used while "http.publicUrl" is not set, unless the PBX is on this machine.'
    return [
      {
        level: 'info',
        text,
        fix: 'Set it to an address of this hub that the PBX reaches, or "webhooks: off".',
      },
    ]
  }
  const secret = (await knownCallbackSecret(context)) ?? 'not-made-yet'
  const found = await inspectHooks(client, settings, { root, secret })
  if ('kind' in found) return [findingOf(failureOf(found))]
  const foreign = foreignOf(found)
  if (foreign.length === 0) return [{ level: 'ok', text: 'Action URLs are free, or tell this hub.' }]
  if (settings.webhooks === 'replace') {
    return [{ level: 'ok', text: `Action URLs will be taken over from ${foreign.join(', ')}.` }]
  }
  return [
    {
      level: 'warning',
      text: `Action URLs are in use by others and are left alone: ${foreign.join(', ')}. Changes there are found by polling.`,
      fix: 'Set "webhooks: replace" to take them over, or "webhooks: off" to go without.',
    },
  ]
}

function findingOf(error: unknown): Finding {
  const fix = 'Look into the log of the PBX.'
  if (error instanceof ConnectorFailure) return { level: 'error', text: error.message, fix: error.fix ?? fix }
  return { level: 'error', text: 'The PBX could not be examined.', fix }
}
