import type { DirectoryEntry } from '../../core/connector.ts'
import { eachAbreast } from '../kit/abreast.ts'
import { type Account, decodeAccounts, decodeProfile } from './accounts.ts'
import type { PbxClient } from './client.ts'
import { failureOf } from './follower.ts'

/** Profiles read at a time. */
const abreast = 4

/**
 * Everyone with an extension. Names come with the list, mail addresses one by one from the settings of each extension.
 * Throws ConnectorFailure when one cannot be read: a part of them would be taken for all.
 */
export async function readDirectory(client: PbxClient): Promise<readonly DirectoryEntry[]> {
  const path = client.tenantPath('extensions')
  const reply = await client.send({ call: 'extensions', method: 'GET', path, priority: 'sweep' })
  const accounts = reply.kind === 'ok' ? decodeAccounts(reply.json) : undefined
  if (!accounts) {
    throw failureOf(reply.kind === 'ok' ? { kind: 'malformed', reason: 'no list of extensions' } : reply)
  }
  const entries: (DirectoryEntry | undefined)[] = []
  await eachAbreast(accounts, abreast, async (account, index) => {
    entries[index] = await readEntry(client, account)
    return true
  })
  return entries.filter((entry) => entry !== undefined)
}

async function readEntry(client: PbxClient, account: Account): Promise<DirectoryEntry | undefined> {
  const { number, displayName } = account
  const path = client.tenantPath(`user_settings/${encodeURIComponent(number)}`)
  const reply = await client.send({ call: 'profile', method: 'GET', path, priority: 'sweep' })
  // Gone since the list was made.
  if (reply.kind === 'refused' && reply.status === 404) return undefined
  if (reply.kind !== 'ok') throw failureOf(reply)
  const profile = decodeProfile(reply.json)
  // A mailbox without a phone is nobody to be called.
  if (profile?.use === 'mailbox') return undefined
  const name = profile?.displayName ?? displayName
  return {
    address: number,
    mails: profile?.mails ?? [],
    aliases: [],
    ...(name !== undefined && { displayName: name }),
    ...(profile?.disabled && { enabled: false }),
    ...(profile?.use === 'hotdesk' && { hotDesk: true }),
  }
}
