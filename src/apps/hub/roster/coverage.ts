import type { TenantConfig } from '../../../config/resolved.ts'
import {
  type CoverageKind,
  type CoverageNote,
  type CoveragePage,
  type CoverageQuery,
  type CoverageRow,
  coverageKinds,
} from '../../../core/roster-port.ts'
import type { Actor } from '../../../engine/actor.ts'
import { apiId } from '../systems.ts'
import type { DirectoryPerson } from './directory-people.ts'

/** Somebody who is not kept in step, because of the configuration or of what a directory says of them. */
export type LeftOut = Extract<DirectoryPerson, { readonly left: unknown }>

export interface CoverageSource {
  readonly config: TenantConfig
  /** Everyone on the board, in order. */
  readonly people: Iterable<Actor>
  readonly leftOut: readonly LeftOut[]
  /** By id, when somebody last opened their own page or tab: wall clock, milliseconds. */
  readonly came: ReadonlyMap<string, number>
  standingOf(actor: Actor): readonly CoverageNote[]
}

const rank = new Map(coverageKinds.map((kind, index) => [kind, index]))

/**
 * One page, and how many of each kind there are. Everyone is looked at, for the counts; rows are made for the page alone,
 * so that a hundred thousand people cost some 30 ms of processor time and no memory.
 */
export function cutCoverage(query: CoverageQuery, source: CoverageSource): CoveragePage {
  const counts = Object.fromEntries(coverageKinds.map((kind) => [kind, 0])) as Record<CoverageKind, number>
  const text = query.text?.trim().toLowerCase() ?? ''
  const rows: CoverageRow[] = []
  let total = 0
  let neverCame = 0
  const take = (
    notes: readonly CoverageNote[],
    isStranger: boolean,
    row: (notes: readonly CoverageNote[]) => CoverageRow,
  ) => {
    for (const [index, { kind }] of notes.entries()) {
      if (notes.findIndex((one) => one.kind === kind) === index) counts[kind] += 1
    }
    if (query.kind !== undefined && !notes.some(({ kind }) => kind === query.kind)) return
    if (query.neverCame && !isStranger) return
    if (total >= query.offset && rows.length < query.limit) rows.push(row(notes))
    total += 1
  }
  const given = givenPlaces(source.config)
  for (const actor of source.people) {
    if (!actorFits(actor, text)) continue
    const cameAt = source.came.get(actor.presentity.id)
    if (cameAt === undefined) neverCame += 1
    take(source.standingOf(actor), cameAt === undefined, (notes) => {
      return { ...rowOf(actor, notes, given), ...(cameAt !== undefined && { cameAt }) }
    })
  }
  for (const out of source.leftOut) {
    if (leftFits(out, text)) take([out.note], false, () => rowOfLeft(out, source.config.id))
  }
  return { rows, total, counts, neverCame }
}

function actorFits({ presentity }: Actor, text: string): boolean {
  if (text === '') return true
  const { displayName, id, points } = presentity
  return (
    id.includes(text) ||
    displayName.toLowerCase().includes(text) ||
    points.some(({ address }) => address.toLowerCase().includes(text))
  )
}

function leftFits({ left: { upn, displayName, mails } }: LeftOut, text: string): boolean {
  return [upn, displayName ?? '', ...mails].some((one) => one.toLowerCase().includes(text))
}

/** Which addresses are given by hand: connector ids by person. */
function givenPlaces({ people, directory }: TenantConfig): (id: string) => ReadonlySet<string> {
  const listed = new Map(people.map(({ upn, addresses }) => [upn.toLowerCase(), addresses]))
  for (const [upn, addresses] of Object.entries(directory?.addresses ?? {})) {
    listed.set(upn.toLowerCase(), addresses)
  }
  return (id) => new Set(Object.keys(listed.get(id) ?? {}))
}

const inOrder = (notes: readonly CoverageNote[]) =>
  notes.toSorted((a, b) => (rank.get(a.kind) ?? 0) - (rank.get(b.kind) ?? 0))

function rowOf(
  actor: Actor,
  notes: readonly CoverageNote[],
  given: (id: string) => ReadonlySet<string>,
): CoverageRow {
  const { tenant, id, upn, displayName, points } = actor.presentity
  const sorted = inOrder(notes)
  const byHand = given(id)
  const systems = new Map<string, string[]>()
  for (const point of points) {
    if (actor.retired?.has(point) || point.connector === apiId) continue
    systems.set(point.connector, [...(systems.get(point.connector) ?? []), point.address])
  }
  return {
    ...{ tenant, id, upn, displayName, shown: true, notes: sorted },
    kinds: [...new Set(sorted.map(({ kind }) => kind))],
    systems: [...systems].map(([connector, addresses]) => {
      return { connector, addresses, given: byHand.has(connector) }
    }),
  }
}

function rowOfLeft({ left, note }: LeftOut, tenant: string): CoverageRow {
  const { upn, displayName = upn, address } = left
  const at = note.connector
  return {
    ...{ tenant, id: upn.toLowerCase(), upn, displayName, shown: false },
    ...{ kinds: [note.kind], notes: [note] },
    systems: at === undefined ? [] : [{ connector: at, addresses: [address], given: false }],
  }
}

/** People of a list whom it takes out with `sync: false`. */
export function leftOutOfList({ people }: TenantConfig): readonly LeftOut[] {
  return people.flatMap(({ upn, name, mail, aliases, sync }): LeftOut[] => {
    if (sync) return []
    const mails = mail === undefined ? [] : [mail]
    return [
      {
        left: { upn, address: upn, mails, aliases, ...(name !== undefined && { displayName: name }) },
        note: {
          kind: 'excluded',
          reason: 'the configuration leaves them out (sync: false)',
          fix: 'set sync: true',
        },
      },
    ]
  })
}
