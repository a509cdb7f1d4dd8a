import type { HookswitchConfig } from './schema.ts'
import type { SchemaProblem } from './schema-error.ts'
import type { Sound } from './soundness.ts'

/** Hubs that share their work share a database, and know callers without asking each other. */
export function checkCluster(config: HookswitchConfig, sound: Sound): readonly SchemaProblem[] {
  const { cluster, store, http } = config
  if (cluster === undefined) return []
  const problems: SchemaProblem[] = []
  if (sound(['store']) && store.kind !== 'postgresql') {
    problems.push({
      path: ['cluster'],
      message: 'needs a store that several hubs can share',
      fix: 'Set store.kind to postgresql, and store.url.',
    })
  }
  if (sound(['http']) && http.tokens.length === 0) {
    problems.push({
      path: ['cluster'],
      message: 'needs API tokens: being on the machine of one hub must not open the others',
      fix: 'Add http.tokens, the same at every node.',
    })
  }
  if (cluster.configuration === 'stored') problems.push(...checkFrame(config))
  const { user, password, token } = cluster.nats ?? {}
  if (sound(['cluster']) && (user === undefined) !== (password === undefined) && token === undefined) {
    problems.push({
      path: ['cluster', 'nats'],
      message: 'has an account without a password, or a password without an account',
      fix: 'Give both user and password, or a token.',
    })
  }
  return problems
}

/** Beside a stored configuration the file says only what a hub needs to find it. */
function checkFrame({ tenants, applications, signIn, alerts }: HookswitchConfig): readonly SchemaProblem[] {
  const isSet = {
    tenants: Array.isArray(tenants) && tenants.length > 0,
    applications: Array.isArray(applications) && applications.length > 0,
    signIn: (signIn?.providers ?? []).length > 0,
    alerts: alerts?.mail !== undefined || (alerts?.webhooks ?? []).length > 0,
  }
  return Object.entries(isSet).flatMap(([part, set]): readonly SchemaProblem[] => {
    if (!set) return []
    const fix =
      part === 'tenants' ? 'Write tenants: [] here.' : `Take ${part} out here; it is set in the portal.`
    return [{ path: [part], message: 'is in the store where cluster.configuration is stored', fix }]
  })
}
