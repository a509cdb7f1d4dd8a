import { isLoopbackHost } from '../core/loopback.ts'
import { createRegister } from './check-people.ts'
import type { Path } from './problem.ts'
import type { HookswitchConfig } from './schema.ts'
import type { SchemaProblem } from './schema-error.ts'
import type { SignInConfig } from './sign-in-schema.ts'
import { type Sound, soundItems } from './soundness.ts'
import { suggestFix } from './suggest.ts'

type Provider = SignInConfig['providers'][number]

/** Issuers of Entra that stand for every tenant: a token of anybody's tenant would do. */
const shared = /^https:\/\/login\.microsoftonline\.(com|us)\/(common|organizations|consumers)(\/|$)/i

/** What the schema of sign-in cannot see: ids, issuers, and where roles hold. */
export function checkSignIn(config: HookswitchConfig, sound: Sound): readonly SchemaProblem[] {
  const problems: SchemaProblem[] = []
  const ids = createRegister((problem) => problems.push(problem))
  const tenants = Array.isArray(config.tenants) ? config.tenants.map((tenant) => String(tenant?.id)) : []
  const base = ['signIn', 'providers']
  for (const [index, provider] of soundItems(config.signIn?.providers, base, sound)) {
    const at: Path = [...base, index]
    ids(provider.id, [...at, 'id'], {
      message: 'repeats the id at',
      fix: 'Give each provider an id of its own.',
    })
    const wrong = faultOfIssuer(provider.issuer)
    if (wrong) problems.push({ path: [...at, 'issuer'], ...wrong })
    for (const [position, rule] of provider.grants.entries()) {
      const path: Path = [...at, 'grants', position]
      problems.push(...checkRule(rule, { provider, path, tenants }))
    }
  }
  return problems
}

function faultOfIssuer(issuer: string): { message: string; fix: string } | undefined {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined
  if (!url || url.username || url.password || (url.protocol !== 'https:' && !isLoopbackHost(url.hostname))) {
    const fix = 'Write https://host/path. Plain http is accepted for loopback addresses only.'
    return { message: 'is no https address', fix }
  }
  if (!shared.test(issuer)) return undefined
  return {
    message: 'stands for every tenant of Entra ID',
    fix: 'Name yours: https://login.microsoftonline.com/<tenant id>/v2.0.',
  }
}

function checkRule(
  rule: Provider['grants'][number],
  { provider, path, tenants }: { provider: Provider; path: Path; tenants: readonly string[] },
): SchemaProblem[] {
  const problems: SchemaProblem[] = []
  const { claim, value, role, tenant, groups } = rule
  if ((claim === undefined) !== (value === undefined)) {
    const missing = claim === undefined ? 'claim' : 'value'
    problems.push({
      path: [...path, missing],
      message: 'is missing',
      fix: 'Give claim and value, or neither.',
    })
  }
  if (claim === undefined && (role === 'operator' || role === 'admin')) {
    problems.push({
      path,
      message: `makes everyone whom the provider signs in ${role}`,
      fix: 'Give claim and value.',
    })
  }
  if (role === 'operator' && tenant !== undefined) {
    problems.push({
      path: [...path, 'tenant'],
      message: 'has no meaning for operator, who runs every tenant',
      fix: 'Leave it out, or make the role admin.',
    })
  }
  if (role !== 'operator' && tenant === undefined) {
    problems.push({ path: [...path, 'tenant'], message: 'is missing', fix: 'Name the tenant of this role.' })
  }
  if (tenant !== undefined && role !== 'operator' && !tenants.includes(tenant)) {
    problems.push({
      path: [...path, 'tenant'],
      message: 'is not the id of a tenant',
      fix: suggestFix(tenant, tenants),
    })
  }
  if (groups !== undefined && role !== 'supervisor') {
    problems.push({ path: [...path, 'groups'], message: 'is for supervisor only', fix: 'Leave it out.' })
  }
  if (role === 'member' && !provider.trustMail) {
    problems.push({
      path,
      message: 'needs to know whom of the people somebody is',
      fix: 'Set trustMail of this provider to true, if nobody can choose their address there.',
    })
  }
  return problems
}
