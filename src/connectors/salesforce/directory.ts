import { ConnectorFailure, type DirectoryEntry } from '../../core/connector.ts'
import type { Api } from './api.ts'
import { asFailure } from './failures.ts'
import { type CrmUser, listUsers } from './queries.ts'

/** Everybody whom the organisation knows. */
export class Directory {
  readonly #api: Api
  #users: ReadonlyMap<string, CrmUser> = new Map()

  constructor(api: Api) {
    this.#api = api
  }

  has(userId: string): boolean {
    return this.#users.has(userId)
  }

  /** Throws ConnectorFailure. */
  async refresh(): Promise<void> {
    const listed = await listUsers(this.#api)
    if (listed.kind !== 'ok') throw asFailure(listed, 'the users')
    if (listed.items.length === 0) {
      throw new ConnectorFailure('misconfigured', 'The integration user sees no user.', {
        fix: 'Give it the permission View All Users.',
      })
    }
    this.#users = new Map(listed.items.map((user) => [user.id, user]))
  }

  /** Read anew. Throws ConnectorFailure. */
  async list(): Promise<readonly DirectoryEntry[]> {
    await this.refresh()
    return [...this.#users.values()].map(entryOf)
  }
}

/** A federation id is what single sign-on knows the person by: with Entra ID, the user principal name. */
function entryOf({ id, name, userName, mail, federationId, active }: CrmUser): DirectoryEntry {
  const upn = federationId?.includes('@') ? federationId : undefined
  return {
    address: id,
    ...(name !== undefined && { displayName: name }),
    ...(upn !== undefined && { upn }),
    mails: mail === undefined ? [] : [mail],
    aliases: userName === undefined ? [] : [userName],
    enabled: active,
  }
}
