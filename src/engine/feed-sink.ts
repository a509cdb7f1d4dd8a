import type { Observation } from '../core/observation.ts'
import type { Clock } from '../core/ports.ts'
import type { FeedState, Point } from '../core/presentity.ts'
import type { Input } from './actor.ts'
import type { FeedSink } from './feeds.ts'
import { endFeed } from './inputs.ts'
import type { Mailboxes } from './mailboxes.ts'
import type { People } from './people.ts'
import type { System } from './system.ts'

/** Puts what the feeds of a system say into the mailbox of everyone whom it concerns. */
export function createSink(
  {
    people,
    mailboxes,
    now,
  }: { readonly people: People; readonly mailboxes: Mailboxes; readonly now: () => number },
  clock: Clock,
  system: System,
): FeedSink {
  const receive = () => ({ receivedAt: now(), receivedWall: clock.wall() })
  const post = (address: string, input: (point: Point) => Input) => {
    for (const { actor, point } of people.at(system.tenant, system.id, address)) {
      mailboxes.post(actor, input(point))
    }
  }
  return {
    replace: (feed: FeedState, observations: readonly Observation[], address: string) =>
      post(address, (point) => ({
        type: 'replaced',
        point,
        feed,
        epoch: feed.epoch,
        observations,
        received: receive(),
      })),
    observe: (feed: FeedState, observation: Observation) =>
      post(observation.address, (point) => ({
        type: 'observed',
        point,
        feed,
        epoch: feed.epoch,
        observation,
        received: receive(),
      })),
    touched: (addresses) => {
      for (const address of addresses) post(address, (point) => ({ type: 'review', point }))
    },
    ended: (feed, addresses) => {
      for (const address of addresses) {
        post(address, (point) => {
          endFeed(point, feed, now())
          return { type: 'ended' }
        })
      }
    },
  }
}
