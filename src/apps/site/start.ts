import { randomUUID } from 'node:crypto'
import type { Log } from '../../core/ports.ts'
import { systemClock } from '../../observe/clock.ts'
import { createMetrics } from '../../observe/metrics.ts'
import { Outbox } from '../../sites/outbox.ts'
import { type Refused, Uplink } from '../../sites/uplink.ts'
import type { Assignment } from '../../sites/wire.ts'
import { openSqliteStore } from '../../store/sqlite/open.ts'
import { openOutbound } from '../hub/outbound.ts'
import { registry } from '../registry.ts'
import { version } from '../version.ts'
import { Absence } from './absence.ts'
import { serveControl } from './control.ts'
import { type Farewell, takeLeave } from './farewell.ts'
import type { Place, SiteSeal } from './place.ts'
import { releaseHere } from './release-here.ts'
import { rotateSiteKeys } from './rotate-keys.ts'
import { SiteRunner } from './runner.ts'
import { SiteLedger } from './site-ledger.ts'
import { readAssignments } from './site-memory.ts'
import { openSiteSecrets } from './site-secrets.ts'

export interface RunningSite {
  /** Settles when the hub will not have this site any more. */
  readonly refused: Promise<Refused>
  /** Takes back what is in the ledger, until nothing is left or the signal ends it. The hub is not dialled any more. */
  leave(signal: AbortSignal): Promise<Farewell>
  stop(): Promise<void>
}

/** Runs a site that was enrolled. Rejects with StoreFailure. */
export async function startSite(
  place: Place,
  {
    directory,
    seal,
    log,
  }: {
    readonly directory: string
    readonly seal: SiteSeal
    readonly log: Log & { hide(secret: string): void }
  },
): Promise<RunningSite> {
  const clock = systemClock()
  const { tenant, site, hubs, secret, connectors } = place
  const store = await openSqliteStore({ path: directory, clock, log })
  const ledger = await SiteLedger.open({ store, clock, tenant })
  const sealedFor = await openSiteSecrets({ store, tenant, seal, log })
  const assignments = await recallAssignments()
  const absence = await Absence.open({ store, clock, tenant })
  const abort = new AbortController()
  const outbound = openOutbound()
  const outbox = new Outbox()
  const runner: SiteRunner = new SiteRunner({
    ...{
      tenant,
      connectors,
      store,
      ledger,
      seal,
      assignments,
      absence,
      sealedFor,
      clock,
      log,
      registry,
      outbound,
      random: Math.random,
    },
    metrics: createMetrics({ processMetrics: false }),
    signal: abort.signal,
    hide: (text) => log.hide(text),
    dropSaid: () => outbox.drop(),
    isConnected: () => uplink.isConnected,
    say: (of, said) => {
      const text = outbox.add(of, said)
      if (text !== undefined) uplink.send(text)
      else uplink.restart('the hub does not take what is said here')
    },
  })
  async function recallAssignments(): Promise<Map<string, Assignment>> {
    try {
      return new Map(await readAssignments(store, tenant, seal))
    } catch (error) {
      log.error('how to reach the phone systems does not open; without the hub nothing can be taken back', {
        error,
      })
      return new Map()
    }
  }
  const uplink = new Uplink({
    ...{ urls: hubs, tenant, site, secret, version, outbox, clock, log, random: Math.random },
    ...{ run: randomUUID(), handler: runner },
  })
  runner.start()
  uplink.start()
  const control = serveControl(
    directory,
    async (ask) => {
      if (ask.what === 'rotate') return rotateSiteKeys({ directory, place, store, seal })
      log.warn('somebody takes back here what was written', { who: ask.who })
      const hold = (reason: string) => uplink.hold(reason)
      return releaseHere(ask.who, { ledger, hold, takeBack: (...about) => runner.takeBack(...about) })
    },
    log,
  )
  return {
    refused: uplink.refused,
    leave: (signal) => {
      uplink.stop()
      return takeLeave({ ledger, clock, log, takeBack: (of) => runner.takeBack(of, {}) }, signal)
    },
    stop: async () => {
      control.close()
      uplink.stop()
      await runner.stop()
      abort.abort()
      await outbound.close()
      await store.close()
    },
  }
}
