import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ResolvedConfig, TenantConfig } from '../config/resolved.ts'
import { keptOrigin } from '../connectors/kit/timed-states.ts'
import type { ConfigPort } from '../core/config-port.ts'
import type { AuditEntry } from '../core/history.ts'
import type { HubStore } from '../core/hub-store.ts'
import type { Policy } from '../core/policy.ts'
import type { Clock } from '../core/ports.ts'
import type { HubPort } from '../core/view.ts'
import { guardClock } from '../engine/clock-guard.ts'
import { Engine } from '../engine/engine.ts'
import { HistoryRecorder } from '../engine/history-recorder.ts'
import { Starts } from '../engine/starts.ts'
import type { PolicyChange } from '../history/policy-book.ts'
import { startHttp } from '../http/server.ts'
import { tenantsInSight } from '../http/sight.ts'
import { systemClock } from '../observe/clock.ts'
import { createLog, type SafeLog } from '../observe/log.ts'
import { createMetrics } from '../observe/metrics.ts'
import type { KeyRingOptions } from '../secrets/key-ring.ts'
import { SiteLinks } from '../sites/site-links.ts'
import { StoreFailure } from '../store/failure.ts'
import { openStore } from '../store/open-store.ts'
import type { HubInside } from './config/hub-configuration.ts'
import { openConfigOthers } from './hub/config-others.ts'
import { deliverTo } from './hub/deliveries.ts'
import { DirectoryReader } from './hub/directories.ts'
import { createDuties } from './hub/duties.ts'
import { type ConfiguredTenants, createGroupsOf, createHides } from './hub/hidden.ts'
import { HubHistory } from './hub/history.ts'
import { keepThreadsSmall, watchMemory } from './hub/memory.ts'
import { Neighbours } from './hub/neighbours.ts'
import { openConsent, prepareConsent } from './hub/open-consent.ts'
import { whatNobodyTakesBack } from './hub/orphans.ts'
import { openOutbound } from './hub/outbound.ts'
import { tenantPolicy } from './hub/policy.ts'
import { createHubPort, type RunningTenant } from './hub/port.ts'
import { MachineProblems } from './hub/problems/machine.ts'
import { Reach } from './hub/reach.ts'
import { type Reconfigured, Reconfigurer } from './hub/reconfigure.ts'
import { RosterDesk } from './hub/roster/desk.ts'
import { openSeat } from './hub/seat.ts'
import { shareRows } from './hub/shared.ts'
import { openAccess } from './hub/sign-in.ts'
import { openSites } from './hub/sites.ts'
import { recallSpoken } from './hub/spoken.ts'
import { createSystems, type Parts } from './hub/systems.ts'
import { whyUnavailable } from './hub/unavailable.ts'
import { tellWhatIsUp } from './hub/up-gauges.ts'
import { watchBus } from './hub/watch-bus.ts'
import { type Registry, registry } from './registry.ts'
import { version } from './version.ts'

export interface HubOptions {
  readonly clock?: Clock
  readonly log?: SafeLog
  /** The lab's control address, in the demo only. */
  readonly labUrl?: string
  /** Connectors by the word in `type:`; the program's own where left out. */
  readonly registry?: Registry
  /** People may sign in. Left out, there are only tokens. */
  readonly signIn?: boolean
  /** Who brings in the rules of this configuration, and why, should they differ from those before. */
  readonly change?: PolicyChange
  /** Who keeps the configuration, for the API; without it the API says nothing of it. */
  readonly configuration?: (inside: HubInside) => Promise<ConfigPort>
  /** What the hub's own secrets are sealed with, where the configuration has no vault; the key of the data directory where left out. */
  readonly keys?: KeyRingOptions
}

export interface RunningHub {
  readonly port: HubPort
  readonly url: string
  /** Where the first account is created, once; undefined where there is one, or nobody signs in. */
  readonly setUpUrl?: string
  /** Settles when the hub cannot go on (its store died): whoever runs it should stop it and start anew. */
  readonly failed: Promise<unknown>
  /** Resolves when nothing waits for the store or, unless of the store alone, for the answer of a target. */
  idle(of?: 'store'): Promise<void>
  /** Goes over to another configuration; tenants and connectors that stay the same never notice. */
  apply(config: ResolvedConfig, change: PolicyChange): Promise<Reconfigured>
  stop(): Promise<void>
}

const staticDir = fileURLToPath(new URL('../../dist/web', import.meta.url))

/** So many waiting for their turns are a burst. */
const burstPeople = 1000
/** While so many wait for theirs, no further system begins to tell of more. */
const mostWaiting = 10_000

/** What the hub is made of before any tenant: the store is open, nothing has begun. */
async function openParts(config: ResolvedConfig, options: HubOptions) {
  keepThreadsSmall()
  const clock = options.clock ?? systemClock()
  const log = options.log ?? createLog({ level: config.log.level })
  for (const secret of config.secrets) log.hide(secret)
  const metrics = createMetrics()
  const machine = new MachineProblems(clock)
  const connectors = options.registry ?? registry
  const away = (reason: Error | undefined) => (reason ? machine.storeFailed(reason) : machine.stored())
  const seat =
    config.cluster && (await openSeat(config.cluster, { config, clock, log, registry: connectors }))
  if (seat) watchBus(seat, { metrics, machine })
  const store = await openStore(config.store, {
    ...{ clock, log, metrics, away, sight: tenantsInSight },
    ...(seat && { member: seat.member }),
  }).catch(async (error: unknown) => {
    await seat?.close()
    throw error
  })
  const begun = await seat?.findStart().catch(async (error: unknown) => {
    await store.close()
    await seat.close()
    throw error
  })
  const abort = new AbortController()
  const random = Math.random
  const failure = Promise.withResolvers<unknown>()
  const recorder = new HistoryRecorder()
  const engine = new Engine({
    ...{ clock, begun, store, log, metrics, random, nextId: randomUUID },
    ...(seat && { gate: seat.gate }),
    record: (actor, changes, now) => recorder.record(actor, changes, now),
    stored: () => machine.stored(),
    storeFailed: (cause) => {
      machine.storeFailed(cause)
      if (isFatal(cause)) failure.resolve(cause)
    },
  })
  const parts = {
    ...{ engine, clock, store, log, metrics, random },
    signal: abort.signal,
    registry: connectors,
    reach: new Reach(config.http.publicUrl, {
      ...(seat && { hubsOf: (client) => seat.hubsOf(client) }),
      ...(begun && { things: { [keptOrigin]: begun.wall - begun.monotonic } }),
    }),
    starts: new Starts(clock, () => engine.mailboxes.backlog >= mostWaiting),
    sites: new SiteLinks(),
    outbound: seat ? seat.outbound(config.network) : openOutbound(config.network),
    hide: (secret: string) => log.hide(secret),
  }
  const fail = (cause: unknown) => failure.resolve(cause)
  const end = async () => {
    abort.abort()
    await seat?.close()
  }
  return { parts, seat, recorder, machine, fail, failed: failure.promise, abort: end }
}

/** Composes and starts the whole hub; what had started is stopped again when a part fails. */
export async function startHub(given: ResolvedConfig, options: HubOptions = {}): Promise<RunningHub> {
  const { parts: basic, seat, recorder, machine, fail, failed, abort } = await openParts(given, options)
  const { engine, store, clock, log, metrics, reach, outbound } = basic
  const stops: (() => unknown)[] = [() => store.close(), () => outbound.close(), () => engine.stop()]
  const stop = async () => {
    store.stopping?.()
    for (const one of stops.splice(0).reverse()) await one()
    await abort()
  }
  try {
    // Of several hubs none has any tenant until it takes it.
    const tenants = new Map<string, RunningTenant>()
    const { consent, secrets, writeAs, agreed, sealedFor } = prepareConsent(tenants, basic)
    const parts = { ...basic, writeAs, sealedFor }
    const config = await consent.complete(given)
    for (const one of seat ? [] : config.tenants) tenants.set(one.id, createTenant(one, parts))
    tellWhatIsUp(metrics, { tenants, sites: parts.sites, seat })
    const directories = new DirectoryReader(tenants, parts)
    const history = new HubHistory(tenants, {
      ...{ ...parts, recorder, nextId: randomUUID, configured: configuredPolicy, agreed },
      ...(seat && { kept: () => seat.configured, elsewhere: () => neighbours?.rules ?? [] }),
    })
    stops.push(
      () => history.stop(),
      watchMemory(clock, { hasMuchToDo: () => hasMuchToDo(engine, tenants), stored: () => engine.stored }),
    )
    // Before anybody takes a turn: without its links, what a person has would seem to be wanted by nobody.
    await history.open(options.change ?? { author: 'hookswitch', comment: '' })
    if (!seat) await engine.load(directories.firstRosters())
    for (const id of tenants.keys()) await recallSpoken(engine, store, id)
    for (const left of whatNobodyTakesBack(engine)) log.error(left.text, left.fields)
    const local = createHubPort(tenants, parts)
    const neighbours = seat && new Neighbours({ ...parts, seat, local, tenants, history })
    const port = neighbours?.port ?? local
    const duties = createDuties(config, { tenants, parts, hub: local, machine, seat })
    const note = (entry: AuditEntry) => history.note(entry)
    const shared = await shareRows({ store, clock, log, seat, stops })
    const reconfigurer = new Reconfigurer(given, {
      ...{ tenants, parts, directories, history, changed: () => duties.renew() },
      complete: (next) => consent.complete(next),
      ...(seat && { isElsewhere: (id: string) => seat.isElsewhere(id) }),
    })
    const apply: RunningHub['apply'] = (next, change) => reconfigurer.apply(next, change)
    const signIn = await openAccess(config, {
      ...{ ...parts, shared, hub: port, tenants: seat?.tenants ?? tenants, note },
      forPeople: options.signIn ?? false,
    })
    const others = seat && openConfigOthers({ seat, metrics: parts.metrics, machine, stops })
    const configuration = await options.configuration?.({
      ...{ ...parts, log },
      ...{ rows: shared.config, trips: shared.trips, others },
      running: () => [...tenants.values()].map((tenant) => tenant.config),
      ...{ note, apply, given },
      shareVault: (vault) => secrets.use(vault),
    })
    const consents = await openConsent(consent, {
      ...{ tenants, parts, secrets, keys: options.keys, hub: port, history, apply, trips: shared.trips },
    })
    const http = await startHttp({
      ...{ hub: port, history, clock, log, version, ...duties.ports },
      deliveries: neighbours?.deliveries ?? deliverTo(tenants),
      ...{ ...whoSees(seat ?? { tenants }), whyUnavailable },
      ...(neighbours && { elsewhere: neighbours }),
      ...doorOf(config, options),
      ...{ consent: consents.port, ...(configuration && { configuration }) },
      roster: new RosterDesk({ engine, tenants, configuration, directories, visits: duties.visits }),
      sites: openSites({ ...parts, tenants, note, seat }),
      ...signIn.ports,
      metrics: () => metrics.render(),
    })
    neighbours?.start((request) => http.answer(request))
    stops.push(...[() => http.close(), () => neighbours?.stop()])
    reach.open(http.url)
    stops.push(() => reconfigurer.stop())
    for (const tenant of tenants.values()) startTenant(tenant)
    directories.start()
    stops.push(() => directories.stop(), watchClock(parts, machine), consents.start())
    await duties.start()
    stops.push(...[() => duties.stop(), () => seat?.leave()])
    if (seat && neighbours) await seat.join(reconfigurer, { ...neighbours.told, fail })
    return {
      ...{ port, url: http.url, failed, stop },
      ...(signIn.access?.hasPasswords === false && {
        setUpUrl: `${reach.root}/#/set-up/${await signIn.access.offerSetUp()}`,
      }),
      idle: idleOf(basic),
      apply,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

function idleOf({
  store,
  engine,
}: {
  readonly store: HubStore
  readonly engine: Engine
}): RunningHub['idle'] {
  return async (of) => {
    await store.idle?.()
    await (of === 'store' ? engine.mailboxes.idle() : engine.idle())
  }
}

/** Somebody is still to be heard for the first time, or many wait for their turns. */
function hasMuchToDo(engine: Engine, tenants: ReadonlyMap<string, RunningTenant>): boolean {
  if (engine.mailboxes.backlog >= burstPeople) return true
  const systems = [...tenants.values()].flatMap((tenant) => [...tenant.systems.values()])
  return systems.some(({ supervisor }) => supervisor.health.state === 'starting')
}

/** A full disk can be emptied; a store that stopped or is damaged cannot serve this process any more. */
function isFatal(cause: unknown): boolean {
  return cause instanceof StoreFailure && !['disk-full', 'invalid'].includes(cause.kind)
}

function configuredPolicy(tenant: RunningTenant): Policy {
  const readOnly = new Set(tenant.config.connectors.filter((one) => one.readOnly).map(({ id }) => id))
  const ends = [...tenant.systems.values()].map(({ system: { id, manifest, slots } }) => {
    const writable = slots.some((slot) => slot.states.length > 0)
    return { id, kind: manifest.kind, writable, readOnly: readOnly.has(id) }
  })
  return tenantPolicy(tenant.config, ends)
}

/** Of several hubs each knows whom the tenants of all hide. */
function whoSees({ tenants }: { readonly tenants: ConfiguredTenants }) {
  return { isHidden: createHides(tenants), groupsOf: createGroupsOf(tenants) }
}

function doorOf({ http: { host, port, tokens, publicUrl } }: ResolvedConfig, { labUrl }: HubOptions) {
  return {
    ...{ host, port, tokens, ...(publicUrl !== undefined && { publicUrl }) },
    ...(existsSync(staticDir) && { staticDir }),
    ...(labUrl !== undefined && { labUrl }),
  }
}

/** Returns how to stop. */
function watchClock({ clock, log, engine }: Parts, machine: MachineProblems): () => void {
  const guard = guardClock(clock, log, () => {
    machine.clockStepped()
    engine.doubtTime()
  })
  return () => guard.stop()
}

function createTenant(config: TenantConfig, parts: Parts): RunningTenant {
  return { config, systems: createSystems(config, parts), problems: new Map() }
}

function startTenant(tenant: RunningTenant): void {
  for (const { supervisor } of tenant.systems.values()) void supervisor.start()
}
