import type { HistoryRow } from '../core/history.ts'
import { parsePresence } from '../core/presence.ts'
import type { FeedState, Point } from '../core/presentity.ts'
import { newPoint } from '../core/presentity.ts'
import type { Actor } from './actor.ts'
import { newActor } from './actor.ts'
import type { HistoryBody } from './history-recorder.ts'
import { readPresentity } from './serialize.ts'
import type { System } from './system.ts'

/** The one feed of a point in the past. */
const feed = 'history'

const heard: FeedState = { feed, epoch: 1, live: true, lostSince: 0 }

/** Where the systems of today stand for those of then: lines, ranks, slots and states are not in the history. */
export type SystemOf = (connector: string) => System | undefined

interface StoredPlaces {
  readonly points: readonly { readonly c: string; readonly a: string }[]
}

/** A person as a row of the history describes them. Contributions that were open then are in the ledger alone. */
export function actorAt(
  row: HistoryRow,
  system: SystemOf,
  name?: { readonly upn: string; readonly displayName: string },
): Actor {
  const body = JSON.parse(row.body) as HistoryBody
  const unheard = new Map(body.unheard?.map(([c, a, since]) => [`${c}\n${a}`, since]))
  const shown = new Map(body.shown?.map(([c, a, state, at]) => [`${c}\n${a}`, { state, at }]))
  const points = (body.person as StoredPlaces).points.map(({ c, a }): Point => {
    const point = newPoint({
      connector: c,
      address: a,
      line: `${system(c)?.lines ?? c}\n${a}`,
      rank: system(c)?.manifest.lineRank ?? 0,
    })
    const since = unheard.get(`${c}\n${a}`)
    if (since === undefined) point.feeds = [heard]
    else if (since !== null) point.feeds = [{ ...heard, live: false, lostSince: since }]
    const read = shown.get(`${c}\n${a}`)
    const state = read && parsePresence(read.state)
    if (read && state) point.read = { state, at: read.at }
    point.epochs = point.feeds.map(() => 1)
    return point
  })
  const { tenant, presentity: id } = row
  const presentity = { tenant, id, upn: name?.upn ?? id, displayName: name?.displayName ?? id, points }
  readPresentity(presentity, JSON.stringify(body.person), row.at)
  return newActor(presentity, body.since)
}
