import { createHash } from 'node:crypto'
import type { Grant, Role } from '../../core/access.ts'

/** Who gets which role at a provider; one without claim fits everyone it signs in. */
export interface GrantRule {
  readonly claim?: string
  readonly value?: string
  readonly role: Role
  readonly tenant?: string
  readonly groups?: readonly string[]
}

/** A provider as the configuration has it. */
export interface ProviderSettings {
  readonly id: string
  /** What people call it. */
  readonly title: string
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret?: string
  readonly scopes: readonly string[]
  /** Its addresses tell whom of the people somebody is. */
  readonly trustMail: boolean
  readonly grants: readonly GrantRule[]
}

/** The id of the person with an address in a tenant. */
export type FindPerson = (tenant: string, address: string) => string | undefined

/** Changes with whatever decides who comes in and what they may do; tells no secret. */
export function markOfRules({ id, issuer, clientId, trustMail, grants }: ProviderSettings): string {
  const text = JSON.stringify([id, issuer, clientId, trustMail, grants])
  return createHash('sha256').update(text).digest('base64url')
}

/** What a rule gives; `person` is who they are in the rule's tenant. */
export function grantOf(
  { role, tenant, groups }: GrantRule,
  person: (tenant: string) => string | undefined,
): Grant | undefined {
  if (role === 'operator') return { role }
  if (tenant === undefined) return undefined
  if (role === 'admin') return { role, tenant }
  if (role === 'supervisor') return { role, tenant, ...(groups && { groups }) }
  const found = person(tenant)
  return found === undefined ? undefined : { role, tenant, person: found }
}
