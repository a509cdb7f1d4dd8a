import { openOutbound } from '../../src/apps/hub/outbound.ts'
import type { ConnectorContext, Health, KeyValue } from '../../src/core/connector.ts'
import type { DialogFacet, FeedEvent, Observation } from '../../src/core/observation.ts'
import type { Clock, Log, LogFields, Metrics, Timer } from '../../src/core/ports.ts'
import type { Presence } from '../../src/core/presence.ts'

export const realClock: Clock = {
  wall: () => Date.now(),
  monotonic: () => performance.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs)
    return { cancel: () => clearTimeout(timer) }
  },
}

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly message: string
  readonly fields: LogFields
}

/** What the emitted events add up to: the current signals, as the hub would hold them. */
export interface FoldedFeeds {
  /** Every event, in order. */
  readonly events: readonly FeedEvent[]
  /** Feeds that were opened and not ended, with `lost` true from their last `lost` to their next snapshot. */
  readonly feeds: ReadonlyMap<string, { readonly lost: boolean; readonly synced: boolean }>
  /** What broke the rules of FeedEvent, in words; a correct connector leaves it empty. */
  readonly violations: readonly string[]
  observations(address: string): readonly Observation[]
  /** Live legs of an address. */
  dialogs(address: string): readonly DialogFacet[]
  dnd(address: string): boolean | undefined
  registered(address: string): boolean | undefined
  presence(address: string): Presence | undefined
}

export interface RecordingContext {
  readonly context: ConnectorContext
  readonly feeds: FoldedFeeds
  readonly log: readonly LogLine[]
  /** Sum of a counter over all labels. */
  counted(metric: string): number
  /** The last health told, undefined before the first. */
  health(): Omit<Health, 'since'> | undefined
  readonly healths: readonly Omit<Health, 'since'>[]
  /** Timers set on the context's clock that neither fired nor were cancelled. */
  pendingTimers(): number
  /** Everything the connector said, as one text: to look for secrets in. */
  said(): string
  abort(): void
}

/** One for all: what is kept open is kept for whoever comes next. */
const outbound = openOutbound()

/** A ConnectorContext whose every output is kept. The clock is the real one unless another is given. */
export function recordingContext(
  options: {
    clock?: Clock
    connector?: string
    fetch?: typeof fetch
    memory?: KeyValue
    callbackUrl?: string
  } = {},
): RecordingContext {
  const events: FeedEvent[] = []
  const log: LogLine[] = []
  const healths: Omit<Health, 'since'>[] = []
  const counters = new Map<string, number>()
  const timed = countTimers(options.clock ?? realClock)
  const abort = new AbortController()
  const things = new Map<string, unknown>()
  const folded = foldFeeds(events)
  const context: ConnectorContext = {
    tenant: 'contoso',
    connector: options.connector ?? 'under-test',
    log: keepLog(log, {}),
    clock: timed.clock,
    metrics: keepMetrics(counters),
    fetch: options.fetch ?? outbound.fetch,
    network: outbound.network,
    memory: options.memory ?? inMemory(),
    callbackUrl: () => options.callbackUrl,
    shared: (key, make) => {
      if (!things.has(key)) things.set(key, make())
      return things.get(key) as ReturnType<typeof make>
    },
    signal: abort.signal,
    emit(event) {
      events.push(event)
      folded.take(event)
    },
    health: (health) => void healths.push(health),
  }
  return {
    context,
    feeds: folded.view,
    log,
    counted: (metric) => counters.get(metric) ?? 0,
    health: () => healths.at(-1),
    healths,
    pendingTimers: timed.pending,
    said: () => JSON.stringify({ log, healths, events }),
    abort: () => abort.abort(),
  }
}

export function inMemory(): KeyValue {
  const values = new Map<string, string>()
  return {
    get: async (key) => JSON.parse(values.get(key) ?? 'null') ?? undefined,
    set: async (key, value) => void values.set(key, JSON.stringify(value)),
    delete: async (key) => void values.delete(key),
  }
}

function countTimers(clock: Clock): { clock: Clock; pending: () => number } {
  const pending = new Set<Timer>()
  return {
    pending: () => pending.size,
    clock: {
      wall: () => clock.wall(),
      monotonic: () => clock.monotonic(),
      after(delayMs, callback) {
        const inner = clock.after(delayMs, () => {
          pending.delete(timer)
          callback()
        })
        const timer: Timer = {
          cancel() {
            pending.delete(timer)
            inner.cancel()
          },
        }
        pending.add(timer)
        return timer
      },
    },
  }
}

function keepLog(lines: LogLine[], bound: LogFields): Log {
  const write = (level: LogLine['level']) => (message: string, fields?: LogFields) =>
    void lines.push({ level, message, fields: printable({ ...bound, ...fields }) })
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    with: (fields) => keepLog(lines, { ...bound, ...fields }),
  }
}

/** Errors do not survive JSON; their text must, because secrets hide there. */
function printable(fields: LogFields): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, value instanceof Error ? String(value.stack) : value]),
  )
}

function keepMetrics(counters: Map<string, number>): Metrics {
  return {
    count: (name, _labels, by = 1) => void counters.set(name, (counters.get(name) ?? 0) + by),
    gauge() {},
    observe() {},
  }
}

function slotOf(observation: Observation): string {
  const { facet } = observation
  return `${observation.address}\n${facet.kind}\n${facet.kind === 'dialog' ? facet.leg : ''}`
}

type Feed = { lost: boolean; synced: boolean; slots: Map<string, Observation> }

/** One event's effect on its feed, by the rules of FeedEvent. Returns what was wrong with the event, if anything. */
function applyEvent(feeds: Map<string, Feed>, event: FeedEvent): string | undefined {
  const feed = feeds.get(event.feed)
  if (event.type === 'opened') {
    feeds.set(event.feed, { lost: false, synced: false, slots: feed?.slots ?? new Map() })
    return event.leaseMs > 0 ? undefined : `${event.feed} was opened with a lease of ${event.leaseMs} ms`
  }
  if (!feed) return `${event.type} for ${event.feed}, which is not open`
  if (event.type === 'snapshot') {
    const covered = event.addresses && new Set(event.addresses)
    for (const [slot, each] of feed.slots) {
      if (!covered || covered.has(each.address)) feed.slots.delete(slot)
    }
    for (const each of event.observations) keep(feed, each)
    feed.synced = true
    const stray = event.observations.find((each) => covered && !covered.has(each.address))
    return stray && `a snapshot of ${[...covered!].join()} speaks of ${stray.address}`
  }
  if (event.type === 'observed') keep(feed, event.observation)
  if (event.type === 'observed' || event.type === 'renewed') {
    return feed.lost ? `${event.type} for ${event.feed} while it is lost` : undefined
  }
  if (event.type === 'lost') feed.lost = true
  else feeds.delete(event.feed)
  return undefined
}

function keep(feed: Feed, observation: Observation): void {
  const { facet } = observation
  if (facet.kind === 'dialog' && facet.state === 'terminated') feed.slots.delete(slotOf(observation))
  else feed.slots.set(slotOf(observation), observation)
}

function foldFeeds(events: readonly FeedEvent[]): { view: FoldedFeeds; take: (event: FeedEvent) => void } {
  const feeds = new Map<string, Feed>()
  const violations: string[] = []
  const observations = (address: string) =>
    [...feeds.values()].flatMap((feed) => [...feed.slots.values()].filter((each) => each.address === address))
  const facets = (address: string) => observations(address).map((each) => each.facet)
  const find = <Kind extends 'dnd' | 'registration' | 'presence'>(address: string, kind: Kind) =>
    facets(address).find((facet): facet is Extract<typeof facet, { kind: Kind }> => facet.kind === kind)
  const view: FoldedFeeds = {
    events,
    feeds,
    violations,
    observations,
    dialogs: (address) => facets(address).filter((facet) => facet.kind === 'dialog'),
    dnd: (address) => find(address, 'dnd')?.on,
    registered: (address) => find(address, 'registration')?.registered,
    presence: (address) => find(address, 'presence')?.state,
  }
  return {
    view,
    take(event) {
      const wrong = applyEvent(feeds, event)
      if (wrong) violations.push(wrong)
    },
  }
}
