import type { LinkPlan } from '../../../src/core/link-plan.ts'
import type { LinkItem, TenantItem } from '../configuration/configuration-client.ts'

/** What a preset would change at one link. */
export interface PresetChange {
  readonly from: string
  readonly to: string
  readonly was: string
  readonly is: string
  /** The link has rows of its own, which stay. */
  readonly ownRows: boolean
}

/** The links that would follow other rules, were the preset the tenant's. Those without a direction in it stay. */
export function changesOf(plan: LinkPlan, tenant: TenantItem, preset: string): readonly PresetChange[] {
  const wanted = plan.presets.find(({ id }) => id === preset)
  return plan.links.flatMap(({ from, to, preset: was, implied }) => {
    const direction = plan.directions[`${from} ${to}`]
    if (implied || was === preset || direction === undefined || !wanted?.directions[direction]) return []
    const own = tenant.links?.find((link) => link.from === from && link.to === to)
    return [{ from, to, was, is: preset, ownRows: own?.table !== undefined }]
  })
}

/** The tenant with that preset: links that named another one, and have a direction in it, follow it. */
export function withPreset(plan: LinkPlan, tenant: TenantItem, preset: string): TenantItem {
  const changed = changesOf(plan, tenant, preset)
  const links = (tenant.links ?? []).map((link): LinkItem => {
    if (!changed.some(({ from, to }) => from === link.from && to === link.to)) return link
    const { preset: _, ...rest } = link
    return rest as LinkItem
  })
  return { ...tenant, preset, links }
}
