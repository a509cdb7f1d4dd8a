import { currentPauses } from '../../core/pause.ts'
import type { Link } from '../../core/policy.ts'
import type { Direction, OwnSettings, SelfPort, SelfRefusal, SelfSubject } from '../../core/self-port.ts'
import type { Actor } from '../../engine/actor.ts'
import { changePausesOf, chooseCallsOf } from '../../engine/pause-person.ts'
import { personPolicy } from '../../engine/turn.ts'
import type { RunningTenant } from './port.ts'
import { apiId, type Parts } from './systems.ts'
import type { VisitBook } from './visit-book.ts'

interface SettingsParts {
  readonly tenants: ReadonlyMap<string, RunningTenant>
  readonly parts: Parts
}

export interface SelfParts extends SettingsParts {
  readonly visits: VisitBook
}

/** Most ids of people who never came that are told. */
const mostNamed = 1000

/** What people decide for themselves. */
export function createSelfPort({ visits: book, tenants, parts }: SelfParts): SelfPort {
  const { engine, clock } = parts
  const find = ({ tenant, person }: SelfSubject) => engine.people.get(tenant, person)
  const ask = async (
    who: SelfSubject,
    act: (actor: Actor) => Promise<boolean> | SelfRefusal['refused'],
  ): Promise<OwnSettings | SelfRefusal> => {
    const actor = find(who)
    if (!actor) return { refused: 'nobody' }
    const done = await act(actor)
    if (typeof done === 'string') return { refused: done }
    return done ? settingsOf(actor, { tenants, parts }) : { refused: 'notStored' }
  }
  return {
    read: (who) => {
      const actor = find(who)
      return actor && settingsOf(actor, { tenants, parts })
    },
    switchDirection: ({ link, on, ...who }) =>
      ask(who, (actor) => {
        if (!linksOf(actor, parts).some(({ id }) => id === link)) return 'noSuchLink'
        const change = on
          ? { end: { link, off: true as const } }
          : { begin: { link, until: undefined, off: true as const } }
        return changePausesOf(engine, actor, { change, clock })
      }),
    chooseCalls: ({ as, ...who }) =>
      ask(who, (actor) => {
        if (as !== undefined && !linksOf(actor, parts).some(({ choices }) => choices)) return 'notAllowed'
        return chooseCallsOf(engine, actor, { callsAs: as, clock })
      }),
    noteVisit: async (who) => {
      if (find(who)) await book.note(who.tenant, who.person)
    },
    visits: async (tenant) => {
      if (!tenants.has(tenant)) return undefined
      const came = await book.of(tenant)
      const ids = [...engine.people.inOrder(tenant)].map(({ presentity }) => presentity.id)
      const never = ids.filter((id) => !came.has(id))
      const opened = ids.length - never.length
      return { tenant, all: ids.length, opened, never: never.slice(0, mostNamed) }
    },
  }
}

/** Over which the person is kept in step with other systems: what programs say over the API is no direction of theirs. */
function linksOf(actor: Actor, { engine }: Parts): readonly Link[] {
  const { points, tenant } = actor.presentity
  const has = (connector: string) => points.some((point) => point.connector === connector)
  const { links } = personPolicy(actor, engine.policy(tenant))
  return links.filter(({ from, to }) => from !== to && from !== apiId && has(from) && has(to))
}

function settingsOf(actor: Actor, { tenants, parts }: SettingsParts): OwnSettings {
  const { tenant, id, callsAs } = actor.presentity
  const links = linksOf(actor, parts)
  return {
    ...{ tenant, person: id },
    directions: links.map((link) => viewDirection(link, actor, { tenants, parts })),
    ...(links.some(({ choices }) => choices) && { calls: { ...(callsAs && { chosen: callsAs }) } }),
  }
}

function viewDirection(link: Link, actor: Actor, { tenants, parts }: SettingsParts): Direction {
  const { tenant, pauses } = actor.presentity
  const end = (connector: string) => {
    const manifest = tenants.get(tenant)?.systems.get(connector)?.system.manifest
    return { connector, title: manifest?.title ?? connector, kind: manifest?.kind ?? 'signal' }
  }
  const now = parts.engine.moment()
  const switched = currentPauses(pauses, now).find((one) => one.off && one.link === link.id)
  return {
    ...{ link: link.id, from: end(link.from), to: end(link.to), on: switched === undefined },
    ...(switched && { since: Math.round(switched.from) }),
    ...(link.observeOnly && { observeOnly: true as const }),
  }
}
