import type { TenantConfig } from '../../../config/resolved.ts'
import { currentPauses, type Pause } from '../../../core/pause.ts'
import type { Link } from '../../../core/policy.ts'
import type { CoverageNote } from '../../../core/roster-port.ts'
import type { MatchProblem } from '../../../core/view.ts'
import type { Actor } from '../../../engine/actor.ts'
import { hiddenFrom } from '../hidden.ts'
import { joinedAt } from '../people.ts'
import { coveredBy } from '../policy.ts'
import { apiId } from '../systems.ts'

/** What the standing of a tenant's people is told from. */
export interface Grounds {
  readonly config: TenantConfig
  /** In force. */
  readonly links: readonly Link[]
  /** By connector id. */
  readonly problems: ReadonlyMap<string, readonly MatchProblem[]>
  /** Hub time, milliseconds. */
  readonly now: number
}

/** What is the same for everyone who is at the same systems: most of a tenant. */
interface Setting {
  readonly isJoined: boolean
  /** Between these systems. */
  readonly links: readonly Link[]
  readonly synced: CoverageNote
  readonly uncovered: CoverageNote
  readonly alone: CoverageNote
}

/** Tells of each person how they stand, every reason there is. */
export function createStanding({ config, links, problems, now }: Grounds) {
  const byPerson = groupProblems(problems)
  const named = new Map(config.links.map((link) => [`${link.from} to ${link.to}`, coveredBy(link, config)]))
  const settingOf = createSettings(config, links)
  return (actor: Actor): readonly CoverageNote[] => {
    const { id, upn, points, pauses } = actor.presentity
    const places = points.filter((point) => !actor.retired?.has(point) && point.connector !== apiId)
    const found = byPerson.get(id)
    const notes: CoverageNote[] = [...(found ?? []), ...absences(places)]
    const setting = settingOf(places)
    const paused = currentPauses(pauses, now)
    if (setting.isJoined) {
      const missing = setting.links.filter(({ people }) => people && !people.has(id))
      const covering = setting.links.filter((link) => !missing.includes(link))
      if (covering.some((link) => !isPausedAt(paused, link))) notes.push(setting.synced)
      const wanted = missing.filter((link) => named.get(link.id)?.has(id) ?? true)
      const asked = new Set(wanted.flatMap(({ agreed = [] }) => agreed))
      if (asked.has('optIn')) notes.push(notOptedIn(upn))
      if (asked.has('paired')) notes.push(notPaired(upn))
      if (missing.length === setting.links.length && asked.size === 0) notes.push(setting.uncovered)
    } else if (!found) notes.push(setting.alone)
    if (paused.length > 0) notes.push(pausedNote)
    const from = hiddenFrom(config, id)
    if (from !== undefined) notes.push(hidden(from))
    return notes
  }
}

const pausedNote: CoverageNote = {
  kind: 'paused',
  reason: 'sync is paused for a while',
  fix: 'switch it on at the person',
}

function isPausedAt(paused: readonly Pause[], { id }: Link): boolean {
  return paused.some(({ link }) => link === undefined || link === id)
}

/** Worked out once for each set of systems, not a hundred thousand times. */
function createSettings(config: TenantConfig, links: readonly Link[]) {
  const isJoined = joinedAt(config)
  const real = links.filter(({ from }) => from !== apiId)
  const known = new Map<string, Setting>()
  return (places: readonly { readonly connector: string }[]): Setting => {
    let key = ''
    for (const { connector } of places) key += `${connector}\n`
    let setting = known.get(key)
    if (!setting) {
      const at = new Set(places.map(({ connector }) => connector))
      setting = {
        isJoined: isJoined(places),
        links: real.filter(({ from, to }) => at.has(from) && at.has(to)),
        ...{ synced: synced(at), uncovered: uncovered(at), alone: alone(at) },
      }
      known.set(key, setting)
    }
    return setting
  }
}

function groupProblems(problems: Grounds['problems']): ReadonlyMap<string, readonly CoverageNote[]> {
  const byPerson = new Map<string, CoverageNote[]>()
  for (const [connector, list] of problems) {
    for (const { kind, who, reason, fix } of list) {
      const id = who.toLowerCase()
      const note = { kind, connector, reason, fix }
      const notes = byPerson.get(id)
      if (notes) notes.push(note)
      else byPerson.set(id, [note])
    }
  }
  return byPerson
}

function absences(places: Actor['presentity']['points']): readonly CoverageNote[] {
  return places.flatMap(({ connector, native }): CoverageNote[] => {
    if (native?.absent === 'notLicensed') {
      const fix = 'give the account a licence with presence, or leave the person out'
      return [{ kind: 'notLicensed', connector, reason: `the account in ${connector} has no licence`, fix }]
    }
    if (native?.absent === 'notEnabled') {
      const reason = `presence is switched off for the account in ${connector}`
      return [{ kind: 'notEnabled', connector, reason, fix: 'switch it on there, or leave the person out' }]
    }
    return []
  })
}

const listed = (ids: ReadonlySet<string>) => [...ids].sort().join(', ')

function synced(at: ReadonlySet<string>): CoverageNote {
  return { kind: 'synced', reason: `kept in step at ${listed(at)}` }
}

function notOptedIn(upn: string): CoverageNote {
  const fix = `opt ${upn} in once they have agreed`
  return { kind: 'notOptedIn', reason: 'the links are for those who have opted in only', fix }
}

function notPaired(upn: string): CoverageNote {
  const fix = `${upn} signs in once on the page of their own`
  return { kind: 'notPaired', reason: 'writes for who has signed in with their own account only', fix }
}

function uncovered(at: ReadonlySet<string>): CoverageNote {
  const reason = `no link between ${listed(at)} covers this person`
  return { kind: 'uncovered', reason, fix: 'add a link, or name the person or a group of theirs in one' }
}

function alone(at: ReadonlySet<string>): CoverageNote {
  const reason = at.size === 0 ? 'has an address at no system' : `has an address at ${listed(at)} only`
  return { kind: 'alone', reason, fix: 'give an address at another system by hand, or leave the person out' }
}

function hidden(from: 'everyone' | ReadonlySet<string>): CoverageNote {
  const reason =
    from === 'everyone'
      ? 'shown to administrators and to the person only'
      : `not shown to those of ${listed(from)}`
  return { kind: 'hidden', reason }
}
