import type { DirectoryEntry } from '../../core/connector.ts'
import { fieldsOf, textOf } from '../kit/http.ts'
import { failureOf, type WebexClient } from './client.ts'

/** Somebody with a Webex Calling extension. */
export interface Person {
  readonly id: string
  /** The address: the extension, or with the routing prefix of the location where several have it. */
  readonly address: string
  /** Other ways to write it: the extension with its prefix, the mail addresses, the id. */
  readonly otherwise: readonly string[]
  readonly displayName: string | undefined
  readonly mails: readonly string[]
  readonly enabled: boolean
}

interface Found extends Omit<Person, 'address' | 'otherwise'> {
  readonly extension: string
  readonly long: string | undefined
}

/** More pages than any organization has. */
const mostPages = 2_000

function read(json: unknown): Found | undefined {
  const fields = fieldsOf(json)
  const id = textOf(fields.id)
  const extension = textOf(fields.extension)
  if (id === undefined || extension === undefined || fields.type === 'bot') return undefined
  const numbers = Array.isArray(fields.phoneNumbers) ? fields.phoneNumbers.map(fieldsOf) : []
  const mails = Array.isArray(fields.emails) ? fields.emails : []
  return {
    id,
    extension,
    long: textOf(numbers.find(({ type }) => type === 'work_extension')?.value),
    displayName: textOf(fields.displayName),
    mails: mails.filter((mail): mail is string => typeof mail === 'string' && mail.includes('@')),
    enabled: String(fields.loginEnabled ?? true) !== 'false',
  }
}

/** Extensions are unique within a location only: one that several have is written with its location's prefix. */
export function nameAddresses(found: readonly Found[]): readonly Person[] {
  const often = new Map<string, number>()
  for (const { extension } of found) often.set(extension, (often.get(extension) ?? 0) + 1)
  return found.map(({ extension, long, ...person }) => {
    const alone = often.get(extension) === 1
    const address = alone ? extension : (long ?? person.mails[0] ?? person.id)
    const otherwise = [long, ...person.mails, person.id].filter((each) => each !== undefined)
    return { ...person, address, otherwise: otherwise.filter((each) => each !== address) }
  })
}

/** `<https://...>; rel="next"` (RFC 8288), for an address of the same server only. */
export function nextPage(link: string | null, base: string): string | undefined {
  const found = /<([^>]+)>\s*;[^,]*rel="?next"?/.exec(link ?? '')?.[1]
  if (found === undefined || !URL.canParse(found)) return undefined
  return new URL(found).origin === new URL(base).origin ? found : undefined
}

/** Everyone with an extension (`GET /people?callingData=true`, pages of 100). Throws ConnectorFailure. */
export async function listPeople(client: WebexClient, url: string): Promise<readonly Person[]> {
  const found: Found[] = []
  const query = { callingData: 'true', excludeStatus: 'true', max: '100' }
  let path: string | undefined = client.inOrg('/people', query)
  for (let page = 0; path !== undefined && page < mostPages; page += 1) {
    const reply = await client.send({ call: 'people', method: 'GET', path, priority: 'hot' })
    if (reply.kind !== 'ok') throw failureOf(reply, 'The list of people')
    const { items } = fieldsOf(reply.json)
    if (!Array.isArray(items)) {
      throw failureOf({ kind: 'malformed', reason: 'it holds no list' }, 'The list of people')
    }
    found.push(...items.flatMap((item) => read(item) ?? []))
    path = nextPage(reply.headers.get('link'), url)
  }
  return nameAddresses(found)
}

export function toEntry({ address, displayName, mails, enabled }: Person): DirectoryEntry {
  return {
    ...{ address, mails, aliases: [] },
    ...(displayName !== undefined && { displayName }),
    ...(!enabled && { enabled: false }),
  }
}

/** Who is behind an address, in whichever way it is written. */
export class Book {
  #people: ReadonlyMap<string, Person> = new Map()

  replace(people: readonly Person[]): void {
    const all = new Map<string, Person>()
    for (const person of people) for (const way of person.otherwise) all.set(way.toLowerCase(), person)
    for (const person of people) all.set(person.address.toLowerCase(), person)
    this.#people = all
  }

  find(address: string): Person | undefined {
    return this.#people.get(address.toLowerCase())
  }
}
