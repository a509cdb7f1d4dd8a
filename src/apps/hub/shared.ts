import { ownTrips, type TripKeeper } from '../../access/oidc/round-trips.ts'
import { Claims } from '../../cluster/claims.ts'
import { commonSecret } from '../../cluster/common-secret.ts'
import { ClusterRows } from '../../cluster/shared-rows.ts'
import type { Clock, Log, Store } from '../../core/ports.ts'
import { type SharedRows, soleRows } from '../../core/shared-rows.ts'
import type { Seat } from './seat.ts'

/** What a hub that cannot compare with the others is trusted to know for so long, milliseconds: as long as a lease. */
const sureMs = 10_000

/** Rows of the whole installation, by what they are about: a change of the one does not wait for one of the other. */
export interface SharedParts {
  /** Accounts, sessions, tokens. */
  readonly access: SharedRows
  /** Wrong tries; of several hubs alone. */
  readonly attempts?: SharedRows
  /** Versions of the stored configuration, and sealed secrets. */
  readonly config: SharedRows
  /** Ways to providers and back, which may end at another hub than they began. */
  readonly trips: TripKeeper
  /** Whether this hub knows for sure what others have revoked. */
  isSure(): boolean
}

export interface ShareParts {
  readonly store: Pick<Store, 'commit' | 'memory'>
  readonly clock: Clock
  readonly log: Log
  readonly seat: Pick<Seat, 'bus'> | undefined
  /** What is done when the hub stops; the last first. */
  readonly stops: (() => unknown)[]
}

/** Rejects with StoreFailure. */
export async function shareRows(parts: ShareParts): Promise<SharedParts> {
  const { store, clock, log, seat, stops } = parts
  if (!seat) {
    const rows = soleRows(store)
    return { access: rows, config: rows, trips: ownTrips(clock), isSure: () => true }
  }
  const share = (name: string) => new ClusterRows({ name, store, clock, log, bus: seat.bus })
  const [access, attempts, config] = [share('access'), share('attempts'), share('config')]
  const all = [access, attempts, config]
  const spent = new Claims({ store, clock, scope: 'access/spent' })
  await spent.sweep()
  const trips: TripKeeper = {
    key: await commonSecret(store, 'trips'),
    now: () => clock.wall(),
    spend: (way, until) => spent.claim(way, until),
  }
  for (const one of all) {
    stops.push(() => one.stop())
    await one.start()
  }
  return {
    ...{ access, attempts, config, trips },
    isSure: () => access.staleMs <= sureMs,
  }
}
