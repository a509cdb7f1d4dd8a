import type { Session } from '../../core/access.ts'
import type { Clock, Store, StoreChange } from '../../core/ports.ts'

/** Sessions of pages inside a system's client, by a hash of their key. */
export interface TabSessions {
  put(hash: string, session: Session): Promise<void>
  find(hash: string): Promise<Session | undefined>
}

const most = 200_000

/** Of a hub alone: in memory, so that a restart ends them all. */
export function keepOwnSessions(clock: Pick<Clock, 'wall'>): TabSessions {
  const sessions = new Map<string, Session>()
  const sweep = () => {
    const now = clock.wall()
    for (const [hash, { until }] of sessions) if (until <= now) sessions.delete(hash)
  }
  return {
    async put(hash, session) {
      if (sessions.size >= most) sweep()
      sessions.set(hash, session)
    },
    async find(hash) {
      const session = sessions.get(hash)
      if (session && session.until > clock.wall()) return session
      sessions.delete(hash)
      return undefined
    },
  }
}

/** So many are remembered here beside their rows; the oldest go first. */
const mostKnown = 10_000
/** One of 4096: what is looked for among few rows is cheap, whoever asks. */
const scopeOf = (hash: string) => `tab/${hash.slice(0, 2)}`

/** Of several hubs: rows that each of them reads. What is over goes when the next of its scope begins. */
export function shareSessions(
  store: Pick<Store, 'commit' | 'memory'>,
  clock: Pick<Clock, 'wall'>,
): TabSessions {
  const known = new Map<string, Session>()
  const remember = (hash: string, session: Session) => {
    known.set(hash, session)
    const [oldest] = known.keys()
    if (known.size > mostKnown && oldest !== undefined) known.delete(oldest)
  }
  return {
    async put(hash, session) {
      const place = { tenant: '', scope: scopeOf(hash) }
      const rows = [...(await store.memory(place.tenant, place.scope))]
      const over = rows.filter(([, body]) => (JSON.parse(body) as Session).until <= clock.wall())
      const changes = over.map(([key]): StoreChange => ({ delete: 'memory', ...place, key }))
      const body = JSON.stringify(session)
      await store.commit([...changes, { put: 'memory', ...place, key: hash, body }], 'full')
      remember(hash, session)
    },
    async find(hash) {
      const here = known.get(hash)
      const body = here ? undefined : (await store.memory('', scopeOf(hash))).get(hash)
      const session = here ?? (body === undefined ? undefined : (JSON.parse(body) as Session))
      if (!session || session.until <= clock.wall()) {
        known.delete(hash)
        return undefined
      }
      remember(hash, session)
      return session
    },
  }
}
