import type { DirectoryEntry } from '../../core/connector.ts'
import { getTree } from './astdb.ts'
import type { ExtensionBook } from './book.ts'
import type { Settings } from './config.ts'
import { type AmiMessage, header, own } from './frames.ts'
import { findHotDesks } from './hot-desks.ts'
import { AmiRefusal, type AmiSession } from './session.ts'

interface Person {
  readonly displayName?: string
  readonly mail?: string
  readonly hotDesk?: boolean
}

/**
 * Everyone with an extension. Names and mail addresses come from the configuration, else from the PBX's voicemail
 * users, else (names) from FreePBX's AMPUSER entries; what this user may not read is left out.
 */
export async function readDirectory(
  session: AmiSession,
  book: ExtensionBook,
  settings: Settings,
): Promise<readonly DirectoryEntry[]> {
  const configured = new Map<string, Settings['extensions'][number]>(
    settings.extensions.map((each) => [each.extension, each]),
  )
  const known = await readPeople(session, book)
  return [...new Set([...configured.keys(), ...known.keys()])].map((address) => {
    const { mail, displayName, shared } = configured.get(address) ?? {}
    const read = known.get(address)
    const name = displayName ?? read?.displayName
    const mails = [mail ?? read?.mail].filter((each) => each !== undefined)
    const several = { ...(shared && { shared }), ...(read?.hotDesk && { hotDesk: true }) }
    return { address, mails, aliases: [], ...(name && { displayName: name }), ...several }
  })
}

async function readPeople(session: AmiSession, book: ExtensionBook): Promise<Map<string, Person>> {
  const [users, devices, mailboxes] = await Promise.all([
    orNothing(getTree(session, 'AMPUSER')),
    orNothing(getTree(session, 'DEVICE')),
    orNothing(session.list('VoicemailUsersList', {}, toMailbox)),
  ])
  const hotDesks = findHotDesks(users ?? new Map(), devices ?? new Map())
  const people = new Map<string, Person>()
  for (const extension of book.extensions) {
    // Queues, parking places and conferences have hints too, but no phone.
    if ((book.entry(extension)?.phones.length ?? 0) === 0) continue
    const displayName = users?.get(`${extension}/cidname`)
    const hotDesk = hotDesks.has(extension)
    people.set(extension, { ...(displayName && { displayName }), ...(hotDesk && { hotDesk }) })
  }
  for (const { extension, name, mail } of mailboxes ?? []) {
    const known = people.get(extension)
    if (!known) continue
    const displayName = known.displayName ?? name
    people.set(extension, { ...known, ...(displayName && { displayName }), ...(mail && { mail }) })
  }
  return people
}

interface Mailbox {
  readonly extension: string
  readonly name: string | undefined
  readonly mail: string | undefined
}

function toMailbox(item: AmiMessage): Mailbox[] {
  const extension = header(item, 'voicemailbox')
  if (extension === undefined) return []
  const text = (name: string) => {
    const value = header(item, name)
    return value === undefined ? undefined : own(value)
  }
  return [{ extension: own(extension), name: text('fullname'), mail: text('email') }]
}

async function orNothing<T>(read: Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await read
  } catch (error) {
    if (error instanceof AmiRefusal) return undefined
    throw error
  }
}
