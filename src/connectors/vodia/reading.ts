import type { Facet } from '../../core/observation.ts'
import type { Metrics } from '../../core/ports.ts'
import type { Priority } from '../kit/budget.ts'
import type { UnknownValues } from '../kit/unknown-values.ts'
import { decodeAccounts, decodeRegistrations } from './accounts.ts'
import { decodeCalls, toDialog } from './calls.ts'
import type { PbxClient, PbxReply } from './client.ts'
import { decodeDnd } from './dnd.ts'
import type { Numbering } from './numbers.ts'
import { decodeTenant, decodeVersion } from './tenant.ts'

/** What is known of one extension; a part is undefined until it was read, or where it cannot be. */
export interface PhoneState {
  readonly calls: readonly Facet[] | undefined
  readonly dnd: boolean | undefined
}

export type PhoneReading =
  | { readonly kind: 'read'; readonly state: PhoneState }
  /** The PBX does not know the extension, or this user may not see it. */
  | { readonly kind: 'refused'; readonly reply: PbxReply & { kind: 'refused' } }
  /** No answer, or told to wait. */
  | { readonly kind: 'none'; readonly reply: PbxReply }

export interface ReadingParts {
  readonly client: PbxClient
  readonly metrics: Metrics
  readonly unknown: UnknownValues
  readonly numbering: () => Numbering
}

/** Counts a document that could not be understood; what was known before stays. */
export function countMalformed(metrics: Metrics, what: string): void {
  metrics.count('vodia_malformed', { what })
}

/** Calls and do not disturb of one extension, the calls first: they change faster. */
export async function readPhone(
  parts: ReadingParts,
  at: { readonly extension: string; readonly before: PhoneState | undefined; readonly priority: Priority },
): Promise<PhoneReading> {
  const { client, metrics, unknown, numbering } = parts
  const { extension, before, priority } = at
  const ask = (what: 'calls' | 'dnd') =>
    client.send({ call: what, method: 'GET', path: client.userPath(extension, what), priority })
  const calls = await ask('calls')
  if (calls.kind === 'refused') return { kind: 'refused', reply: calls }
  if (calls.kind === 'wait' || calls.kind === 'trouble') return { kind: 'none', reply: calls }
  const dnd = await ask('dnd')
  if (dnd.kind === 'refused') return { kind: 'refused', reply: dnd }
  if (dnd.kind === 'wait' || dnd.kind === 'trouble') return { kind: 'none', reply: dnd }
  const list = calls.kind === 'ok' ? decodeCalls(calls.json) : undefined
  const state = dnd.kind === 'ok' ? decodeDnd(dnd.json) : undefined
  if (!list) countMalformed(metrics, 'calls')
  if (!state) countMalformed(metrics, 'dnd')
  const reading = { extension, numbering: numbering(), note: unknown.note.bind(unknown) }
  return {
    kind: 'read',
    state: {
      calls: list?.flatMap((call) => toDialog(call, reading) ?? []) ?? before?.calls,
      dnd: state?.on ?? before?.dnd,
    },
  }
}

/** What holds for the whole tenant. */
export interface TenantReading {
  readonly numbering: Numbering
  /** Extensions of the tenant. */
  readonly extensions: ReadonlySet<string>
  readonly ownSync: string | undefined
  /** Undefined where this user may not ask. */
  readonly version: string | undefined
}

/** The first question of all, by itself: a wrong password must not be tried four times at once. Throws ConnectorFailure. */
export async function readTenant(
  client: PbxClient,
  about: { readonly domain: string; readonly outsideDigits: number; readonly priority: Priority },
): Promise<TenantReading | PbxReply> {
  const { domain, outsideDigits, priority } = about
  const ask = (call: string, path: string) => client.send({ call, method: 'GET', path, priority })
  const extensions = await ask('extensions', client.tenantPath('extensions'))
  const listed = extensions.kind === 'ok' ? decodeAccounts(extensions.json) : undefined
  if (!listed)
    return extensions.kind === 'ok' ? { kind: 'malformed', reason: 'no list of extensions' } : extensions
  const [users, settings, status] = await Promise.all([
    ask('users', client.tenantPath('users')),
    ask('settings', client.tenantPath('settings')),
    ask('status', '/rest/system/status'),
  ])
  const all = [...listed, ...((users.kind === 'ok' && decodeAccounts(users.json)) || [])]
  const tenant = decodeTenant(settings.kind === 'ok' ? settings.json : undefined)
  return {
    numbering: {
      ...{ domain, outsideDigits, starCodes: tenant.starCodes },
      accounts: new Set(all.flatMap(({ number, aliases }) => [number, ...aliases])),
    },
    extensions: new Set(listed.map(({ number }) => number)),
    ownSync: tenant.ownSync,
    version: status.kind === 'ok' ? decodeVersion(status.json) : undefined,
  }
}

/** Undefined where this user may not ask, or the answer was not understood. */
export async function readRegistrations(
  { client, metrics }: ReadingParts,
  priority: Priority,
): Promise<ReadonlySet<string> | undefined> {
  const path = client.tenantPath('registrations')
  const reply = await client.send({ call: 'registrations', method: 'GET', path, priority })
  if (reply.kind !== 'ok') return undefined
  const found = decodeRegistrations(reply.json)
  if (!found) countMalformed(metrics, 'registrations')
  return found
}
