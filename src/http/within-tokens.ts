import type { IssuedToken, TokenPort } from '../core/token-port.ts'
import { HttpProblem } from './problem.ts'
import type { Reach } from './reach.ts'

/** What somebody may do to tokens. */
export type TokensSeen = Pick<TokenPort, 'list' | 'issue' | 'revoke'>

/** Tokens that reach tenants of the caller and no other. Nobody gives more than they have. */
export function tokensWithin(tokens: TokensSeen, reach: Reach): TokensSeen {
  if (reach.isEverything) return tokens
  const isWithin = ({ tenants }: Pick<IssuedToken, 'tenants'>) =>
    tenants !== undefined && tenants.length > 0 && tenants.every((tenant) => reach.hasTenant(tenant))
  return {
    list: () => tokens.list().filter(isWithin),
    issue: async (wish, who) => {
      if (wish.tenants === undefined) {
        throw new HttpProblem(422, 'Name the tenants that the token reaches: only operators make others.')
      }
      const strange = wish.tenants.find((tenant) => !reach.hasTenant(tenant))
      if (strange !== undefined) throw new HttpProblem(404, `There is no tenant "${strange}".`)
      return tokens.issue(wish, who)
    },
    revoke: async (id, who) => {
      const found = tokens.list().find((token) => token.id === id)
      return found !== undefined && isWithin(found) && tokens.revoke(id, who)
    },
  }
}
