import type { PersonConfig, TenantConfig } from '../../config/resolved.ts'
import type { DirectoryEntry } from '../../core/connector.ts'
import { type Match, matchPeople, sharedKind, unmatchedProblem } from '../../core/identity.ts'
import type { MatchProblem, SharedPhone } from '../../core/view.ts'
import type { AddressSpec, PersonSpec } from '../../engine/people.ts'
import type { System } from '../../engine/system.ts'
import { type Directories, sortDirectory } from './roster/directory-people.ts'

export interface Roster {
  readonly people: readonly PersonSpec[]
  /** By connector id. */
  readonly problems: ReadonlyMap<string, readonly MatchProblem[]>
  /** By id of the person, of those who have some. */
  readonly sharedPhones: ReadonlyMap<string, readonly SharedPhone[]>
}

/** Who is kept in step and where: the configuration and the directories together. */
export function drawUpRoster(
  tenant: TenantConfig,
  systems: readonly System[],
  directories: Directories,
): Roster {
  const people = tenant.directory ? peopleOfDirectories(tenant, systems, directories) : tenant.people
  const synced = people.filter((person) => person.sync)
  const problems = new Map<string, MatchProblem[]>()
  const sharedPhones = new Map<string, SharedPhone[]>()
  const flag = (upn: string, phone: SharedPhone) =>
    sharedPhones.set(folded(upn), [...(sharedPhones.get(folded(upn)) ?? []), phone])
  const unmatched: { readonly system: System; readonly upns: readonly string[] }[] = []
  const addresses = new Map<string, readonly AddressSpec[]>()
  const names = new Map<string, string>()
  const sources = new Map(tenant.connectors.map(({ id, extensionsOf }) => [id, extensionsOf]))
  for (const system of sourcesFirst(systems, sources)) {
    const directory = directories.get(system.id)
    const source = sources.get(system.id)
    const taken = ({ upn }: PersonConfig) => addressesAt(addresses.get(upn), source)
    const wanted = givenFirst(synced, system.id)
      .map((person) => {
        const { upn, mail, aliases, addresses: given } = person
        return { upn, mail, aliases, addresses: given[system.id] ?? taken(person) }
      })
      // Without a directory, only an address given by hand, here or where its extensions are from, places a person there.
      .filter((person) => directory || person.addresses.length > 0)
    const entries = tenant.syncShared ? directory?.map(asOwn) : directory
    const matching = matchPeople(wanted, entries ?? [], system.id)
    problems.set(system.id, [...matching.problems])
    unmatched.push({ system, upns: matching.unmatched })
    for (const { upn, ...phone } of matching.shared)
      flag(upn, { connector: system.id, ...phone, synced: false })
    for (const { upn, ...phone } of listKept(matching.matches, directory ?? [])) {
      flag(upn, { connector: system.id, ...phone, synced: true })
    }
    const lines = `${system.lines}\n`
    for (const { upn, addresses: found, entry } of matching.matches) {
      if (entry?.displayName && !names.has(upn)) names.set(upn, entry.displayName)
      const places = found.map((address) => placeOf(system, address, lines))
      addresses.set(upn, addresses.get(upn)?.concat(places) ?? places)
    }
  }
  const kinds = new Map(systems.map((system) => [system.id, system.manifest.kind]))
  for (const { system, upns } of unmatched) {
    for (const upn of upns) {
      // Who has a phone at one of several phone systems is not missed at the others.
      const placed = addresses.get(upn)?.some((one) => kinds.get(one.connector) === system.manifest.kind)
      if (!placed) problems.get(system.id)?.push(unmatchedProblem(upn, system.id))
    }
  }
  return {
    people: synced.map((person) => ({
      tenant: tenant.id,
      id: folded(person.upn),
      upn: person.upn,
      displayName: person.name ?? names.get(person.upn) ?? person.upn,
      addresses: addresses.get(person.upn) ?? [],
    })),
    problems,
    sharedPhones,
  }
}

/** Whether somebody is at several systems, and so is kept in step: two that see the same phones are one system. */
export function joinedAt(tenant: TenantConfig) {
  const sources = new Map(tenant.connectors.map(({ id, extensionsOf }) => [id, extensionsOf ?? id]))
  return (places: readonly { readonly connector: string }[]): boolean =>
    new Set(places.flatMap(({ connector }) => sources.get(connector) ?? [])).size > 1
}

const asOwn = (entry: DirectoryEntry): DirectoryEntry => ({ ...entry, shared: false, hotDesk: false })

/** Phones of several people that are kept in step because somebody asked for it. */
function listKept(matches: readonly Match[], directory: readonly DirectoryEntry[]) {
  const kinds = new Map<string, SharedPhone['kind']>()
  for (const entry of directory) {
    const kind = sharedKind(entry)
    if (kind) kinds.set(entry.address, kind)
  }
  if (kinds.size === 0) return []
  return matches.flatMap(({ upn, addresses }) =>
    addresses.flatMap((address) => {
      const kind = kinds.get(address)
      return kind ? [{ upn, address, kind }] : []
    }),
  )
}

/** Those that take extensions from another one come after it. */
function sourcesFirst(
  systems: readonly System[],
  sources: ReadonlyMap<string, string | undefined>,
): readonly System[] {
  const takes = ({ id }: System) => Number(sources.get(id) !== undefined)
  return systems.toSorted((a, b) => takes(a) - takes(b))
}

/** Who has an address by hand comes first: it is theirs, whoever else would take it. */
function givenFirst(people: readonly PersonConfig[], system: string): readonly PersonConfig[] {
  const isGiven = ({ addresses }: PersonConfig) => addresses[system] !== undefined
  if (!people.some(isGiven)) return people
  return [...people.filter(isGiven), ...people.filter((person) => !isGiven(person))]
}

function addressesAt(
  placed: readonly AddressSpec[] | undefined,
  connector: string | undefined,
): readonly string[] {
  if (!placed || connector === undefined) return []
  return placed.filter((one) => one.connector === connector).map(({ address }) => address)
}

/** In lower case; the very same text where it is, and no copy of it. */
function folded(text: string): string {
  const lower = text.toLowerCase()
  return lower === text ? text : lower
}

function placeOf(system: System, address: string, lines: string): AddressSpec {
  return {
    connector: system.id,
    address,
    line: lines + address,
    rank: system.manifest.lineRank,
  }
}

function peopleOfDirectories(
  tenant: TenantConfig,
  systems: readonly System[],
  directories: Directories,
): readonly PersonConfig[] {
  const people: PersonConfig[] = []
  for (const one of sortDirectory(tenant, systems, directories)) if ('person' in one) people.push(one.person)
  return people
}
