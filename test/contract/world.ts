import { expect } from 'vitest'
import type { AnyConnectorDefinition, ConnectorInstance } from '../../src/core/connector.ts'
import type { FeedEvent } from '../../src/core/observation.ts'
import type { Clock } from '../../src/core/ports.ts'
import type { Presence } from '../../src/core/presence.ts'
import { type RecordingContext, recordingContext } from './context.ts'

/** A capability the system does not have; the reason is printed with the suite's list of tests. */
export interface Absent {
  readonly absent: string
}

type Act = () => Promise<void> | void

/**
 * One running emulator with two known addresses. Every capability is either given or declared absent with the
 * reason. Acts may return before the wire has carried them; the suite waits for what the connector says.
 */
export interface ConnectorWorld {
  /** Valid for the emulator. The suite also adds an unknown key to it. */
  readonly config: Readonly<Record<string, unknown>>
  /** Words that must appear in no log line, health, event or error. */
  readonly secrets: readonly string[]
  readonly address: string
  readonly other: string
  /** Of the right form, unknown to the system. */
  readonly unknown: string
  /** Requests, actions or connections that reached the emulator so far. */
  requests(): number
  /** Open connections or subscriptions at the emulator, where it can tell. */
  readonly connections: (() => number) | Absent
  /** Calls seen as dialog facets at `address`; hold where the system tells of it. */
  readonly calls: { ring: Act; answer: Act; hold: Act | Absent; resume: Act | Absent; hangup: Act } | Absent
  /** The person sets do not disturb at `address`, seen as a dnd facet. */
  readonly dnd: ((on: boolean) => Promise<void> | void) | Absent
  /** The person is paused in every queue, seen as a queue facet; only for a system of queues. */
  readonly queue?: (paused: boolean) => Promise<void> | void
  /** The system shows this presence at `address` by itself, seen as a presence facet. */
  readonly presence:
    | { states: readonly [Presence, Presence]; show(state: Presence): Promise<void> | void }
    | Absent
  /** Cuts every connection and refuses new ones until `restore`. */
  readonly connection: { cut: Act; restore: Act } | Absent
  /** A configuration with a wrong secret, and how many sign-ins reached the emulator. */
  readonly badCredentials: { config: Readonly<Record<string, unknown>>; attempts(): number } | Absent
  /** The system answers "too many requests, wait `retryAfterMs`" until `end`. */
  readonly throttle: { begin(retryAfterMs: number): Promise<void> | void; end: Act } | Absent
  /** Sends exactly one document the connector cannot understand; it counts it under `metric`. */
  readonly malformed: { inject: Act; metric: string } | Absent
  /** The system says again, unchanged and perhaps in another order, what it has said before. */
  readonly repeat: Act | Absent
  /** Only where nobody can be listed at all, or nobody's mail address. */
  readonly directory?: Absent
  /** Every slot that the connector writes under this configuration. */
  readonly written: readonly WrittenSlot[] | Absent
  stop(): Promise<void>
}

/** A slot that the connector writes, as it is seen at the system. */
export interface WrittenSlot {
  readonly slot: string
  /** One of those that the slot declares. */
  readonly state: Presence
  /** What is really set at an address of the emulator. */
  shown(address: string): Promise<Presence> | Presence
  /** What a person does at `address` of the system itself, and what the place shows of that alone. */
  readonly person: { act: Act; shows: Presence } | Absent
  /**
   * How time passes there: `later` moves the system's own clock on, while the connector is gone; with `lifeMs` the
   * connector itself ends what it was to show for so long, milliseconds.
   */
  readonly expiry: { later(milliseconds: number): Promise<void> | void } | { lifeMs: number } | Absent
}

export interface ConnectorHarness {
  readonly definition: AnyConnectorDefinition
  /** Default: the machine's. A harness whose clock stands still moves it in `pass`. */
  readonly clock?: () => Clock
  /** Called between looks at a condition; default: 5 real milliseconds. */
  readonly pass?: (clock: Clock | undefined) => Promise<void>
  start(clock: Clock | undefined): Promise<ConnectorWorld>
  /** How long a condition may take, real milliseconds: a busy machine, a reconnect that is spaced out. Default 60,000. */
  readonly patienceMs?: number
}

export interface Run {
  readonly world: ConnectorWorld
  readonly recording: RecordingContext
  /** `also` hears every event beside the recording. */
  create(config?: Readonly<Record<string, unknown>>, also?: (event: FeedEvent) => void): ConnectorInstance
  started(addresses?: readonly string[]): Promise<ConnectorInstance>
  until(condition: () => unknown, what: string): Promise<void>
  pass(): Promise<void>
}

export type Given<T> = Exclude<T, Absent>

/** `Absent` narrows to its reason; everything else is the capability. */
export function absence(capability: unknown): string | undefined {
  return typeof capability === 'object' && capability !== null && 'absent' in capability
    ? String(capability.absent)
    : undefined
}

export function openRuns(harness: ConnectorHarness) {
  const closers: (() => Promise<void>)[] = []
  const patienceMs = harness.patienceMs ?? 60_000
  return {
    async open(): Promise<Run> {
      const clock = harness.clock?.()
      const world = await harness.start(clock)
      closers.push(() => world.stop())
      const recording = recordingContext(clock ? { clock } : {})
      const pass = () => harness.pass?.(clock) ?? new Promise<void>((resolve) => setTimeout(resolve, 5))
      const create: Run['create'] = (config = world.config, also = () => {}) => {
        const { context } = recording
        const emit = (event: FeedEvent) => {
          context.emit(event)
          also(event)
        }
        const instance = harness.definition.create(config, { ...context, emit })
        closers.push(() => instance.stop())
        return instance
      }
      const until = async (condition: () => unknown, what: string) => {
        const deadline = performance.now() + patienceMs
        while (!(await condition())) {
          if (performance.now() > deadline) throw new Error(`Waited in vain: ${what}\n${recording.said()}`)
          await pass()
        }
      }
      const started = async (addresses = [world.address, world.other]) => {
        const instance = create()
        await settle(instance.start(addresses), pass)
        return instance
      }
      return { world, recording, create, started, until, pass }
    },
    async close() {
      for (const close of closers.splice(0).reverse()) await close()
    },
  }
}

/** Awaits a promise while a clock that stands still is moved. */
export async function settle<T>(promise: Promise<T>, pass: () => Promise<void>): Promise<T> {
  let done = false
  const watched = promise.finally(() => {
    done = true
  })
  watched.catch(() => {})
  while (!done) await pass()
  return watched
}

export function expectClean({ recording, world }: Run): void {
  expect(recording.feeds.violations).toEqual([])
  for (const secret of world.secrets) expect(recording.said()).not.toContain(secret)
}
