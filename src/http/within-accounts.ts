import type { Account, Grant, Refusal } from '../core/access.ts'
import type { AccountsPort, Actor } from '../core/accounts-port.ts'
import type { Reach } from './reach.ts'

/** What somebody may do to accounts of others. */
export type OthersAccounts = Omit<AccountsPort, 'choosePassword' | 'changePassword'>

/**
 * Accounts that have rights nowhere but in tenants that are reached as a whole, and rights there to give. Who looks after a
 * tenant can neither see nor make anybody above themselves.
 */
export function accountsWithin(accounts: OthersAccounts, reach: Reach): OthersAccounts {
  if (reach.isEverything) return accounts
  const isWithin = (grant: Grant) => grant.role !== 'operator' && reach.hasTenant(grant.tenant)
  const looksAfter = ({ grants }: Account) => grants.length > 0 && grants.every(isWithin)
  const find = (id: string) => {
    const account = accounts.get(id)
    return account && looksAfter(account) ? account : undefined
  }
  const refuse = (grants: readonly Grant[] | undefined): Refusal | undefined => {
    const wrong = grants?.find((grant) => !isWithin(grant))
    if (wrong) return { refused: refusalOf(wrong) }
    return grants?.length === 0 ? { refused: 'Give at least one right, or delete the account.' } : undefined
  }
  // Between here and the act somebody else may give the account rights that it must not be touched with.
  const as = (by: Actor): Actor => ({ ...by, looksAfter })
  return {
    list: () => accounts.list().filter(looksAfter),
    get: find,
    create: async (wish, by) => refuse(wish.grants) ?? accounts.create(wish, by),
    change: async (id, wish, by) => {
      if (!find(id)) return undefined
      return refuse(wish.grants) ?? accounts.change(id, wish, as(by))
    },
    remove: (id, by) => accounts.remove(id, as(by)),
    link: (id, by) => accounts.link(id, as(by)),
    endSessions: (id, by) => accounts.endSessions(id, as(by)),
  }
}

function refusalOf(grant: Grant): string {
  return grant.role === 'operator'
    ? 'Only an operator makes operators.'
    : `There is no tenant "${grant.tenant}".`
}
