import type { DirectoryEntry } from './connector.ts'
import type { MatchProblem, SharedPhone } from './view.ts'

/** What is known of a person before a directory is asked. */
export interface Wanted {
  readonly upn: string
  readonly mail?: string | undefined
  readonly aliases: readonly string[]
  /** Given by hand: always wins. */
  readonly addresses: readonly string[]
}

/** A person found in a system; `entry` is missing where the address was given by hand and the directory does not know it. */
export interface Match {
  readonly upn: string
  readonly addresses: readonly string[]
  readonly entry: DirectoryEntry | undefined
}

/** Who was found, and who was not and why. */
export interface Matching {
  readonly matches: readonly Match[]
  /** Who was found and cannot be taken, and why. */
  readonly problems: readonly MatchProblem[]
  /** UPNs of people whom the directory does not know; see `unmatchedProblem`. */
  readonly unmatched: readonly string[]
  /** Phones that several people use: left out of the matches, and named in the problems. */
  readonly shared: readonly SharedMatch[]
}

/** A phone that several people use, found for one of them. */
export interface SharedMatch {
  readonly upn: string
  readonly address: string
  readonly kind: SharedPhone['kind']
}

/** How these phones are called. */
export const sharedWords: Readonly<Record<SharedPhone['kind'], string>> = {
  shared: 'shared',
  hotDesk: 'hot-desk',
}

/** What the directory says of a phone that several people use; undefined for anybody's own. */
export function sharedKind({ shared, hotDesk }: DirectoryEntry): SharedPhone['kind'] | undefined {
  if (hotDesk) return 'hotDesk'
  return shared ? 'shared' : undefined
}

/** What is found on the way. */
interface Notes {
  readonly problems: MatchProblem[]
  readonly shared: SharedMatch[]
  readonly system: string
}

/**
 * Finds people in a system's directory: an address given by hand always wins, then UPN, then mail, then aliases
 * (decision X-19). Who cannot be matched, or not uniquely, is named with the reason; nobody is guessed.
 */
export function matchPeople(
  people: readonly Wanted[],
  directory: readonly DirectoryEntry[],
  system: string,
): Matching {
  const index = indexDirectory(directory)
  const notes: Notes = { problems: [], shared: [], system }
  const found: Match[] = []
  const unmatched: string[] = []
  const given = new Set<string>()
  for (const person of people) {
    const isGiven = person.addresses.length > 0
    const entries = isGiven ? none : lookUp(person, index)
    const match = isGiven ? byHand(person, index) : byDirectory(person, entries, notes)
    if (!match && entries.length === 0) unmatched.push(person.upn)
    if (match) found.push(match)
    if (match && isGiven) for (const address of match.addresses) given.add(address)
  }
  return { matches: giveOut(found, given, notes), problems: notes.problems, unmatched, shared: notes.shared }
}

/**
 * Each address to one person: who comes first where it was given by hand. One that the directory has for several
 * people is a shared phone, and nobody's.
 */
function giveOut(found: readonly Match[], given: ReadonlySet<string>, notes: Notes): readonly Match[] {
  const first = new Map<string, string>()
  const claims = new Map<string, string[]>()
  for (const { upn, addresses } of found) {
    for (const address of addresses) {
      const owner = first.get(address)
      if (owner === undefined) first.set(address, upn)
      else if (owner !== upn) claims.set(address, [...(claims.get(address) ?? [owner]), upn])
    }
  }
  const matches: Match[] = []
  for (const match of found) {
    const usable = match.addresses.filter((address) => {
      const all = claims.get(address)
      if (!all) return true
      if (given.has(address) && all[0] === match.upn) return true
      if (given.has(address))
        noteTaken(match.upn, `${notes.system} ${address} already belongs to ${all[0]}`, notes)
      else noteClaimed(match.upn, { address, all }, notes)
      return false
    })
    if (usable.length > 0) matches.push({ ...match, addresses: usable })
  }
  return matches
}

function noteTaken(who: string, reason: string, { problems }: Notes): void {
  const fix = 'give each of the two people their own address, or leave one of them out'
  problems.push({ kind: 'duplicate', who, reason, fix })
}

function noteClaimed(
  who: string,
  { address, all }: { readonly address: string; readonly all: readonly string[] },
  { problems, shared, system }: Notes,
): void {
  shared.push({ upn: who, address, kind: 'shared' })
  problems.push({
    kind: 'shared',
    who,
    reason: `${system} has ${address} for several people (${all.join(', ')}): a shared phone`,
    fix: `give it by hand to whose phone it is (addresses: { ${system}: "${address}" }), or correct the mail addresses there`,
  })
}

interface Index {
  readonly byAddress: ReadonlyMap<string, DirectoryEntry>
  readonly byUpn: ReadonlyMap<string, readonly DirectoryEntry[]>
  readonly byMail: ReadonlyMap<string, readonly DirectoryEntry[]>
  readonly byAlias: ReadonlyMap<string, readonly DirectoryEntry[]>
}

function indexDirectory(directory: readonly DirectoryEntry[]): Index {
  const byAddress = new Map<string, DirectoryEntry>()
  const byUpn = new Map<string, DirectoryEntry[]>()
  const byMail = new Map<string, DirectoryEntry[]>()
  const byAlias = new Map<string, DirectoryEntry[]>()
  for (const entry of directory) {
    byAddress.set(entry.address, entry)
    if (entry.upn) add(byUpn, entry.upn, entry)
    for (const mail of entry.mails) add(byMail, mail, entry)
    for (const alias of entry.aliases) add(byAlias, alias, entry)
  }
  return { byAddress, byUpn, byMail, byAlias }
}

function add(index: Map<string, DirectoryEntry[]>, key: string, entry: DirectoryEntry): void {
  const folded = key.toLowerCase()
  const list = index.get(folded)
  if (!list) index.set(folded, [entry])
  else if (!list.includes(entry)) list.push(entry)
}

function byHand(person: Wanted, index: Index): Match {
  const entry = index.byAddress.get(person.addresses[0]!)
  return { upn: person.upn, addresses: person.addresses, entry }
}

function byDirectory(person: Wanted, found: readonly DirectoryEntry[], notes: Notes): Match | undefined {
  const { problems, system } = notes
  if (found.length === 0) return undefined
  const several = new Set(found.map((entry) => entry.upn ?? entry.address)).size > 1
  if (several && new Set(found.map((entry) => entry.upn ?? '')).size > 1) {
    problems.push({
      kind: 'duplicate',
      who: person.upn,
      reason: `several entries in ${system} fit: ${found.map((entry) => entry.upn ?? entry.address).join(', ')}`,
      fix: 'give the address by hand, so that it is certain who is meant',
    })
    return undefined
  }
  const usable = found.filter((entry) => isUsable(person, entry, notes))
  if (usable.length === 0) return undefined
  return { upn: person.upn, addresses: usable.map((entry) => entry.address), entry: usable[0] }
}

/** What is said of somebody whom no directory of that kind knows. */
export function unmatchedProblem(upn: string, system: string): MatchProblem {
  return {
    kind: 'unmatched',
    who: upn,
    reason: `nobody in ${system} has this name, mail address or alias`,
    fix: `give the address by hand (addresses: { ${system}: ... }) or correct the mail address there`,
  }
}

const none: readonly DirectoryEntry[] = []

/** Looks no further than the first find: a hundred thousand people are looked up in every directory. */
function lookUp({ upn, mail, aliases }: Wanted, index: Index): readonly DirectoryEntry[] {
  const name = upn.toLowerCase()
  const address = mail?.toLowerCase() ?? name
  const first = index.byUpn.get(name) ?? index.byMail.get(address) ?? index.byMail.get(name)
  if (first) return first
  for (const alias of aliases) {
    const found = index.byUpn.get(alias.toLowerCase()) ?? index.byMail.get(alias.toLowerCase())
    if (found) return found
  }
  for (const alias of [address, name, ...aliases]) {
    const found = index.byAlias.get(alias.toLowerCase())
    if (found) return found
  }
  return none
}

function isUsable(person: Wanted, entry: DirectoryEntry, { problems, shared, system }: Notes): boolean {
  if (entry.enabled === false) {
    problems.push({
      kind: 'disabled',
      who: person.upn,
      reason: `the account in ${system} is disabled`,
      fix: 'enable it, or leave the person out',
    })
    return false
  }
  if (entry.guest) {
    problems.push({
      kind: 'guest',
      who: person.upn,
      reason: `the account in ${system} is a guest, whose presence belongs to another tenant`,
      fix: 'leave the person out, or synchronise them in their home tenant',
    })
    return false
  }
  const kind = sharedKind(entry)
  if (kind) {
    shared.push({ upn: person.upn, address: entry.address, kind })
    problems.push({
      kind: 'shared',
      who: person.upn,
      reason: `${entry.address} in ${system} is a ${sharedWords[kind]} phone`,
      fix: `give it by hand to synchronise it (addresses: { ${system}: "${entry.address}" }), set syncShared: true for all such phones, or give the person a phone of their own`,
    })
    return false
  }
  return true
}
