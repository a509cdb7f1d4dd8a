import type { PauseAnswer, PausePort, PauseSubject, PauseWish } from '../../core/pause.ts'
import type { HubPort, PersonView } from '../../core/view.ts'
import type { Actor } from '../../engine/actor.ts'
import { endOfDay } from '../../engine/end-of-day.ts'
import { changePausesOf } from '../../engine/pause-person.ts'
import { personPolicy } from '../../engine/turn.ts'
import { viewPerson } from '../../engine/views.ts'
import { type RunningTenant, viewContext } from './port.ts'
import type { Parts } from './systems.ts'

const minute = 60_000

interface PauseParts {
  readonly tenants: ReadonlyMap<string, RunningTenant>
  readonly parts: Parts
  readonly hub: HubPort
}

/** Pauses over the API. */
export function createPausePort(from: PauseParts): PausePort<PersonView> {
  const { engine, clock } = from.parts
  const apply = async (
    actor: Actor,
    change: Parameters<typeof changePausesOf>[2]['change'],
  ): Promise<PauseAnswer<PersonView>> => {
    if (!(await changePausesOf(engine, actor, { change, clock }))) return { refused: 'notStored' }
    return { person: viewPerson(actor, viewContext(engine, actor.presentity.tenant)) }
  }
  return {
    pause: async (who, wish) => {
      const actor = findSubject(who, from)
      if (typeof actor === 'string') return { refused: actor }
      if (!hasLink(actor, wish.link, from)) return { refused: 'noSuchLink' }
      const until = endOf(wish, actor, from)
      if (until !== undefined && until <= engine.now()) return { refused: 'past' }
      return apply(actor, { begin: { link: wish.link, until } })
    },
    resume: async (who, link) => {
      const actor = findSubject(who, from)
      if (typeof actor === 'string') return { refused: actor }
      if (!hasLink(actor, link, from)) return { refused: 'noSuchLink' }
      return apply(actor, { end: { link } })
    },
  }
}

function findSubject(who: PauseSubject, { tenants, parts, hub }: PauseParts): Actor | 'nobody' | 'several' {
  const { people } = parts.engine
  if ('key' in who) {
    const person = hub.person(who.key, who.tenant)
    return (person && people.get(person.tenant, person.id)) ?? 'nobody'
  }
  const asked = who.tenant === undefined ? [...tenants.keys()] : [who.tenant]
  const found = asked
    .filter((tenant) => who.among?.includes(tenant) ?? true)
    .flatMap((tenant) => people.at(tenant, who.connector, who.address))
    .filter(({ actor, point }) => !actor.retired?.has(point))
  if (found.length > 1) return 'several'
  return found[0]?.actor ?? 'nobody'
}

function hasLink(actor: Actor, link: string | undefined, { parts }: PauseParts): boolean {
  if (link === undefined) return true
  const { links } = personPolicy(actor, parts.engine.policy(actor.presentity.tenant))
  return links.some(({ id }) => id === link)
}

/** Hub time, which a step of the wall clock does not move. */
function endOf(wish: PauseWish, actor: Actor, { tenants, parts }: PauseParts): number | undefined {
  const { engine, clock } = parts
  if (wish.minutes !== undefined) return engine.now() + wish.minutes * minute
  const zone = tenants.get(actor.presentity.tenant)?.config.timeZone
  const until = wish.endOfDay ? endOfDay(clock.wall(), zone) : wish.until
  return until === undefined ? undefined : engine.now() + until - clock.wall()
}
