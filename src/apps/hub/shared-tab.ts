import { createHash } from 'node:crypto'
import type { Session } from '../../core/access.ts'
import type { Clock } from '../../core/ports.ts'
import type { TabPort } from '../../core/tab-port.ts'
import type { Seat } from './seat.ts'

const answerMs = 2_000
/** So many sessions of other hubs are remembered; the oldest go first. */
const most = 10_000
const subject = (incarnation: string) => `tab.${incarnation}`

export interface SharedTabParts {
  readonly seat: Seat
  readonly clock: Clock
  readonly stops: (() => unknown)[]
}

/** Sessions of pages inside a system's client, whichever hub they began at: a key that is none of here is asked for at the others. */
export function shareTab(own: TabPort, { seat, clock, stops }: SharedTabParts): TabPort {
  const { bus, member } = seat
  const known = new Map<string, Session>()
  const served = bus.answer(subject(member.incarnation), async (key) => {
    return (await own.find(String(key))) ?? null
  })
  stops.push(() => served.end())
  const askOthers = async (key: string): Promise<Session | undefined> => {
    const others = seat.view.nodes.filter(({ incarnation }) => incarnation !== member.incarnation)
    const asked = others.map(({ incarnation }) =>
      bus.ask(subject(incarnation), key, answerMs).catch(() => null),
    )
    const found = (await Promise.all(asked)).find((one) => one !== null)
    return found as Session | undefined
  }
  return {
    begin: (wish) => own.begin(wish),
    async find(key) {
      const here = await own.find(key)
      if (here) return here
      const hash = createHash('sha256').update(key).digest('base64url')
      const there = known.get(hash) ?? (await askOthers(key))
      if (!there || there.until <= clock.wall()) {
        known.delete(hash)
        return undefined
      }
      known.set(hash, there)
      const [oldest] = known.keys()
      if (known.size > most && oldest !== undefined) known.delete(oldest)
      return there
    },
  }
}
