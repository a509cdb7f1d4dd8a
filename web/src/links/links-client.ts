import type { ConfigSaved } from '../../../src/core/config-port.ts'
import type { LinkPlan, LinkTrialReport } from '../../../src/core/link-plan.ts'
import type { LinkItem, TenantItem } from '../configuration/configuration-client.ts'
import { ask } from '../live/http.ts'

const part = encodeURIComponent
const tenantPath = (tenant: string) => `/api/v1/config/tenants/${part(tenant)}`

/** What the links of a tenant are made of. */
export async function readPlan(tenant: string, signal: AbortSignal): Promise<LinkPlan> {
  return (await ask(`${tenantPath(tenant)}/links`, { signal })) as LinkPlan
}

/** Which version is changed, and why. */
export interface Change {
  readonly version: number | undefined
  readonly comment: string
}

function sendLink(method: 'PUT' | 'DELETE', place: { tenant: string; link: LinkItem }, change: Change) {
  const { tenant, link } = place
  const { version, comment } = change
  const query = new URLSearchParams(comment.trim() === '' ? {} : { comment: comment.trim() })
  return ask(`${tenantPath(tenant)}/links/${part(link.from)}/${part(link.to)}?${query}`, {
    method,
    ...(method === 'PUT' && { body: link }),
    ...(version !== undefined && { headers: { 'if-match': `"${version}"` } }),
  })
}

/** Throws HubError: with problems where the link is not right, 412 where somebody else has saved meanwhile. */
export async function putLink(tenant: string, link: LinkItem, change: Change): Promise<ConfigSaved> {
  return (await sendLink('PUT', { tenant, link }, change)) as ConfigSaved
}

export async function deleteLink(tenant: string, link: LinkItem, change: Change): Promise<void> {
  await sendLink('DELETE', { tenant, link }, change)
}

/** Runs the kept past against the tenant's links with this one in its place. */
export async function tryLink(tenant: TenantItem, link: LinkItem, hours: number): Promise<LinkTrialReport> {
  const others = (tenant.links ?? []).filter(({ from, to }) => from !== link.from || to !== link.to)
  const body = { links: [...others, link], hours }
  return (await ask(`${tenantPath(tenant.id)}/links/try`, { method: 'POST', body })) as LinkTrialReport
}
