import type { DirectoryEntry } from './connector.ts'
import type { MatchProblem } from './view.ts'

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
  readonly problems: readonly MatchProblem[]
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
  const problems: MatchProblem[] = []
  const matches: Match[] = []
  const taken = new Map<string, string>()
  for (const person of people) {
    const match =
      person.addresses.length > 0 ? byHand(person, index) : byDirectory(person, index, { problems, system })
    if (!match) continue
    const usable = match.addresses.filter((address) => {
      const other = taken.get(address)
      if (other === undefined || other === person.upn) return true
      problems.push({
        kind: 'duplicate',
        who: person.upn,
        reason: `${system} ${address} already belongs to ${other}`,
        fix: 'give each of the two people their own address, or leave one of them out',
      })
      return false
    })
    for (const address of usable) taken.set(address, person.upn)
    if (usable.length > 0) matches.push({ ...match, addresses: usable })
  }
  return { matches, problems }
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

function byDirectory(
  person: Wanted,
  index: Index,
  { problems, system }: { problems: MatchProblem[]; system: string },
): Match | undefined {
  const found = lookUp(person, index)
  if (found.length === 0) {
    problems.push({
      kind: 'unmatched',
      who: person.upn,
      reason: `nobody in ${system} has this name, mail address or alias`,
      fix: `give the address by hand (addresses: { ${system}: ... }) or correct the mail address there`,
    })
    return undefined
  }
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
  const usable = found.filter((entry) => isUsable(person, entry, { problems, system }))
  if (usable.length === 0) return undefined
  return { upn: person.upn, addresses: usable.map((entry) => entry.address), entry: usable[0] }
}

function lookUp(person: Wanted, index: Index): readonly DirectoryEntry[] {
  const upn = person.upn.toLowerCase()
  const mails = [person.mail?.toLowerCase(), upn].filter((one) => one !== undefined)
  const steps = [
    index.byUpn.get(upn),
    ...mails.map((mail) => index.byMail.get(mail)),
    ...person.aliases.map(
      (alias) => index.byUpn.get(alias.toLowerCase()) ?? index.byMail.get(alias.toLowerCase()),
    ),
    ...[...mails, ...person.aliases].map((alias) => index.byAlias.get(alias.toLowerCase())),
  ]
  return steps.find((step) => step !== undefined) ?? []
}

function isUsable(
  person: Wanted,
  entry: DirectoryEntry,
  { problems, system }: { problems: MatchProblem[]; system: string },
): boolean {
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
  if (entry.shared) {
    problems.push({
      kind: 'shared',
      who: person.upn,
      reason: `${entry.address} in ${system} is a shared phone`,
      fix: 'set syncShared: true to synchronise shared phones, or give the person a phone of their own',
    })
    return false
  }
  return true
}
