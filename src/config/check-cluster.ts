import type { HookswitchConfig } from './schema.ts'
import type { SchemaProblem } from './schema-error.ts'
import type { Sound } from './soundness.ts'

/** Hubs that share their work share a database, and know callers without asking each other. */
export function checkCluster(config: HookswitchConfig, sound: Sound): readonly SchemaProblem[] {
  const { cluster, store, http, signIn } = config
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
  if (signIn !== undefined && (signIn.providers ?? []).length > 0) {
    problems.push({
      path: ['signIn'],
      message: 'is not possible with several hubs yet: sessions are known to one of them only',
      fix: 'Take signIn or cluster out; API tokens work at every node.',
    })
  }
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
