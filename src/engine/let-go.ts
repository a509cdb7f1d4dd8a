import type { Clock } from '../core/ports.ts'
import type { Actor } from './actor.ts'
import type { Feeds } from './feeds.ts'
import type { Mailboxes } from './mailboxes.ts'
import type { People } from './people.ts'
import type { Publisher } from './publisher.ts'
import { systemKey } from './system.ts'
import type { Reviews } from './timers.ts'

/** How long answers to what was sent are waited for, milliseconds: after it their writes are like those of a hub that died. */
const patienceMs = 3_500
const lookMs = 20

export interface LetGoParts {
  readonly people: People
  readonly mailboxes: Mailboxes
  readonly publisher: Publisher
  readonly reviews: Reviews<Actor>
  readonly feeds: Map<string, Feeds>
  readonly clock: Clock
}

/** Nothing is heard any more, what was sent is answered and stored, and then everyone of the tenant is forgotten. */
export async function letTenantGo(tenant: string, parts: LetGoParts): Promise<void> {
  const { people, mailboxes, publisher, reviews, feeds, clock } = parts
  mailboxes.closeTo(tenant)
  people.leaving.add(tenant)
  for (const [key, own] of feeds) {
    if (!key.startsWith(systemKey(tenant, ''))) continue
    own.stop()
    feeds.delete(key)
  }
  const actors = [...people.of(tenant)]
  for (const actor of actors) reviews.set(actor, undefined)
  const until = clock.monotonic() + patienceMs
  const isQuiet = () =>
    publisher.underWay(tenant) === 0 && !actors.some(({ running, queued }) => running || queued)
  while (!isQuiet() && clock.monotonic() < until)
    await new Promise<void>((resolve) => clock.after(lookMs, resolve))
  mailboxes.letGo(tenant, actors)
  people.forget(tenant)
}
