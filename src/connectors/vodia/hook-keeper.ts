import type { ConnectorContext } from '../../core/connector.ts'
import { callbackSecret, canDeliver } from '../kit/callback.ts'
import {
  actionUrlNames,
  composeActionUrl,
  decodeActionUrls,
  type Standing,
  standingOf,
} from './action-urls.ts'
import type { PbxClient, PbxReply } from './client.ts'
import type { Settings } from './config.ts'

/** How the action URLs stand. `delivers` is true when those of calls and of do not disturb all come to us. */
export interface HookState {
  readonly delivers: boolean
  /** In words, where something is missing. */
  readonly detail?: string
  readonly fix?: string
}

export interface Inspection {
  readonly url: string
  readonly standings: ReadonlyMap<string, Standing>
}

/** What stands in the action URLs now; a text where they cannot be looked at. Reads only. */
export async function inspectHooks(
  client: PbxClient,
  { webhookBody: body }: Pick<Settings, 'webhookBody'>,
  at: { readonly root: string; readonly secret: string },
): Promise<Inspection | PbxReply> {
  const reply = await client.send({
    ...{ call: 'actionUrls', method: 'GET', priority: 'hot' },
    path: client.tenantPath('actionurl_settings'),
  })
  if (reply.kind !== 'ok') return reply
  const values = decodeActionUrls(reply.json)
  if (!values) return { kind: 'malformed', reason: 'the list of action URLs was not understood' }
  const url = `${at.root}/${at.secret}`
  const wanted = { url, root: at.root, body }
  const standings = actionUrlNames.map((name) => [name, standingOf(values.get(name) ?? '', wanted)] as const)
  return { url, standings: new Map(standings) }
}

/** Of those that somebody else uses: `acturl_connect (crm.example)`. */
export function foreignOf({ standings }: Inspection): readonly string[] {
  return [...standings].flatMap(([name, standing]) =>
    typeof standing === 'object' ? [`${name} (${standing.foreign})`] : [],
  )
}

/** Puts our address where nobody uses the action URL, and where the configuration allows it to take over. */
export async function keepHooks(
  client: PbxClient,
  settings: Settings,
  context: Pick<ConnectorContext, 'callbackUrl' | 'memory' | 'log'>,
): Promise<HookState> {
  const root = context.callbackUrl()
  if (settings.webhooks === 'off') return { delivers: false }
  if (root === undefined) return { delivers: false, detail: 'the hub does not listen yet' }
  if (!canDeliver(root, client.url)) {
    return {
      delivers: false,
      detail: 'the PBX cannot reach this hub, so that it is polled',
      fix: 'Set "http.publicUrl" to an address of the hub that the PBX reaches.',
    }
  }
  const found = await inspectHooks(client, settings, { root, secret: await callbackSecret(context) })
  if ('kind' in found) return unusable(found)
  const foreign = foreignOf(found)
  const takes = (standing: Standing) =>
    standing === 'free' ||
    standing === 'outdated' ||
    (settings.webhooks === 'replace' && typeof standing === 'object')
  const missing = [...found.standings].filter(([, standing]) => takes(standing)).map(([name]) => name)
  if (missing.length > 0) {
    const value = composeActionUrl(found.url, settings.webhookBody)
    const reply = await client.send({
      ...{ call: 'setActionUrls', method: 'POST', priority: 'write' },
      path: client.tenantPath('actionurl_settings'),
      body: { table: 'domains', settings: missing.map((name) => ({ name, value })) },
    })
    if (reply.kind !== 'ok' && reply.kind !== 'malformed') return unusable(reply)
    context.log.info('action URLs of the PBX now tell the hub of changes', {
      names: missing,
      replaced: foreign,
    })
  }
  if (foreign.length === 0 || settings.webhooks === 'replace') return { delivers: true }
  return {
    delivers: false,
    detail: `action URLs in use by others: ${foreign.join(', ')}`,
    fix: 'Set "webhooks: replace" to take them over, or let what stands there tell the hub as well.',
  }
}

function unusable(reply: PbxReply): HookState {
  if (reply.kind !== 'refused') {
    const reason = 'reason' in reply ? reply.reason : ''
    return { delivers: false, detail: `the action URLs cannot be read: ${reason}` }
  }
  const { message, fix } = reply.failure
  return { delivers: false, detail: `the action URLs cannot be set: ${message}`, ...(fix && { fix }) }
}
