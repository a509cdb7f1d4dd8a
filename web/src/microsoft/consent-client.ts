import type {
  ActionItem,
  ConsentStatus,
  PermissionFinding,
  Registration,
} from '../../../src/core/consent-port.ts'
import type { Item } from '../configuration/configuration-client.ts'
import { isKept } from '../form/field-kind.ts'
import { ask } from '../live/http.ts'

const root = '/api/v1/consent'
const of = (tenant: string, more: Readonly<Record<string, string>> = {}) =>
  new URLSearchParams({ tenant, ...more })

export async function readConsent(tenant: string, signal: AbortSignal): Promise<ConsentStatus> {
  return (await ask(`${root}?${of(tenant)}`, { signal })) as ConsentStatus
}

export async function readActionItems(signal: AbortSignal): Promise<readonly ActionItem[]> {
  const answer = (await ask('/api/v1/action-items', { signal })) as { readonly items: readonly ActionItem[] }
  return answer.items
}

export async function readRegistration(
  tenant: string,
  readOnly: boolean,
  signal: AbortSignal,
): Promise<Registration> {
  const query = of(tenant, { readOnly: String(readOnly) })
  return (await ask(`${root}/registration?${query}`, { signal })) as Registration
}

/** Kept secrets are left out: the hub takes those that it has. */
export async function tryPermissions(wish: {
  readonly tenant: string
  readonly connector: string | undefined
  readonly settings: Item
  readonly person: string
  readonly write: boolean
}): Promise<readonly PermissionFinding[]> {
  const { connector, settings, ...rest } = wish
  const own = Object.entries(settings).filter(
    ([key, value]) => key !== 'id' && key !== 'type' && !isKept(value),
  )
  const body = { ...rest, ...(connector !== undefined && { connector }), settings: Object.fromEntries(own) }
  const answer = (await ask(`${root}/try`, { method: 'POST', body })) as {
    readonly findings: readonly PermissionFinding[]
  }
  return answer.findings
}

export async function makeLink(tenant: string): Promise<{ readonly url: string; readonly until: number }> {
  return (await ask(`${root}/link`, { method: 'POST', body: { tenant } })) as {
    readonly url: string
    readonly until: number
  }
}

export async function endLink(tenant: string): Promise<void> {
  await ask(`${root}/link?${of(tenant)}`, { method: 'DELETE' })
}

export async function confirmConsent(tenant: string, proof: string): Promise<void> {
  await ask(`${root}/confirm`, { method: 'POST', body: { tenant, proof } })
}

export async function withdrawConsent(tenant: string): Promise<void> {
  await ask(`${root}?${of(tenant)}`, { method: 'DELETE' })
}
