import type { FeedEvent } from '../core/observation.ts'
import type { Policy } from '../core/policy.ts'
import { defaultPolicy } from '../core/policy.ts'
import type { Clock, Log, Metrics, Store, StoreChange } from '../core/ports.ts'
import type { Actor, Input } from './actor.ts'
import { isForgotten } from './actor.ts'
import { CallParties, liveLegs } from './call-parties.ts'
import { SessionWatch } from './contests.ts'
import { Doubts, doubtWrites } from './doubts.ts'
import { createSink } from './feed-sink.ts'
import { Feeds } from './feeds.ts'
import { type Begun, createHubTime } from './hub-time.ts'
import { Latencies } from './latency.ts'
import { letTenantGo } from './let-go.ts'
import { Mailboxes } from './mailboxes.ts'
import type { PersonSpec, Roster } from './people.ts'
import { People } from './people.ts'
import { Publisher, type WriteGate } from './publisher.ts'
import { Reads } from './reads.ts'
import { Repairs } from './repairs.ts'
import { type Arrival, restore } from './restore.ts'
import { newestChanges } from './serialize.ts'
import type { System } from './system.ts'
import { slotOf, systemKey } from './system.ts'
import { Reviews } from './timers.ts'
import { takeTurn } from './turn.ts'
import type { Surroundings, TurnContext, Work } from './work.ts'

export interface EngineOptions {
  readonly clock: Clock
  /** Where hub time begins, if the wall clock is not to say. */
  readonly begun?: Begun | undefined
  readonly store: Store
  readonly log: Log
  readonly metrics: Metrics
  /** 0 ≤ random < 1; for jitter. */
  readonly random: () => number
  /** Unique for the life of the store. */
  readonly nextId: () => string
  /** The store did not take a commit. Nothing was sent; who composes the hub decides whether it can go on. */
  readonly storeFailed?: (cause: unknown) => void
  /** The store took a commit. */
  readonly stored?: () => void
  /** Left out where nobody else may write to the same targets. */
  readonly gate?: WriteGate
  /** A row to store with a turn, where a history is kept. `now` in hub time. */
  readonly record?: (actor: Actor, changes: readonly StoreChange[], now: number) => StoreChange | undefined
}

/** How soon what the store did not take is offered again, milliseconds. */
const owedRetryMs = 1000
/** How soon somebody is looked at again whose turn failed, milliseconds. */
const faultRetryMs = 60_000

/**
 * The running hub, against ports only: feeds come in, people take turns, publications go out. One turn at a time per
 * person; people do not wait for each other, and a target that is down delays only itself.
 */
export class Engine {
  readonly people: People
  readonly systems = new Map<string, System>()
  readonly mailboxes: Mailboxes
  readonly sessions = new SessionWatch()
  readonly latencies: Latencies
  readonly parties: CallParties
  readonly repairs = new Repairs()
  readonly #options: EngineOptions
  readonly #policies = new Map<string, Policy>()
  readonly #surroundings = new Map<string, Surroundings>()
  readonly #feeds = new Map<string, Feeds>()
  readonly publisher: Publisher
  readonly #reviews: Reviews<Actor>
  readonly #reads: Reads
  readonly #doubts: Doubts
  readonly #watchers = new Set<(actor: Actor) => void>()
  readonly #lookAgain = (actor: Actor) => this.mailboxes.post(actor, { type: 'review' })
  /** How many turns have stored something since the process began. */
  stored = 0
  readonly now: () => number
  readonly start: number

  constructor(options: EngineOptions) {
    this.#options = options
    ;({ now: this.now, start: this.start } = createHubTime(options.clock, options.begun))
    this.people = new People()
    this.mailboxes = new Mailboxes((actor, inputs) => this.#turn(actor, inputs))
    this.#reviews = new Reviews(options.clock, this.now, this.#lookAgain)
    this.#reads = new Reads(options.clock, this.now, (tenant, connector, addresses) => {
      this.systems.get(systemKey(tenant, connector))?.instance.resync(addresses)
    })
    this.#doubts = new Doubts(options.clock, (key) => {
      const system = this.systems.get(key)
      system?.instance.resync(this.people.addresses(system.tenant, system.id))
    })
    this.latencies = new Latencies(options.metrics)
    this.parties = new CallParties(options.metrics)
    this.publisher = new Publisher({
      ...options,
      acknowledged: (trace, sent, answerMs) =>
        this.latencies.acknowledged(trace, sent, { now: this.now(), answerMs }),
      answered: (actor, sent, outcome) => this.mailboxes.post(actor, { type: 'outcome', sent, outcome }),
    })
  }

  /**
   * Hub time in whole milliseconds, the next one: so turns count, that what is heard at about the same time may bear the
   * same time and be shared. Whoever looks at what a turn left has to look at such a time too, or looks before it.
   */
  moment(): number {
    return Math.ceil(this.now())
  }

  /**
   * Takes people, their stored state and every open ledger row, before any feed of theirs speaks: once for everyone,
   * and again for each `tenant` that comes later, with those of it. Everyone may come tenant by tenant. `arrival`: another
   * hub had it before.
   */
  async load(
    people: readonly PersonSpec[] | AsyncIterable<Roster>,
    tenant?: string,
    arrival: Arrival = {},
  ): Promise<void> {
    this.people.countFrom(tenant, arrival.revisionsFrom)
    for await (const part of Symbol.asyncIterator in people ? people : [{ people, tenant }])
      this.people.set(part.people, { now: this.now(), touched: this.#lookAgain, tenant: part.tenant })
    await restore(this.#options.store, this.people, {
      now: this.now(),
      tenant,
      holdMs: arrival.holdMs,
      slotOf: ({ tenant, connector, slot }) => {
        const system = this.system(tenant, connector)
        return system && slotOf(system, slot)
      },
    })
    for (const actor of tenant === undefined ? this.people.all() : this.people.of(tenant)) {
      if (actor.restored || actor.retired) this.mailboxes.post(actor, { type: 'review' })
    }
  }

  /**
   * The people as they are now, or those of one tenant; who or what is gone is retired: withdrawn by the ledger, then
   * forgotten.
   */
  setPeople(people: readonly PersonSpec[], tenant?: string): void {
    this.people.set(people, { now: this.now(), touched: this.#lookAgain, tenant })
    for (const system of this.systems.values()) {
      if (tenant !== undefined && system.tenant !== tenant) continue
      system.instance.follow(this.people.addresses(system.tenant, system.id))
      // Who follows an address already says nothing of it for the sake of somebody new.
      const heirs = this.people.unheardHeirs(system.tenant, system.id)
      if (heirs.length > 0) system.instance.resync(heirs)
    }
  }

  /** `only`: ids of the people for whom anything is different; everyone where left out. */
  setPolicy(tenant: string, policy: Policy, only?: readonly string[]): void {
    this.#policies.set(tenant, policy)
    const concerned = only?.flatMap((id) => this.people.get(tenant, id) ?? []) ?? this.people.of(tenant)
    for (const actor of concerned) this.mailboxes.post(actor, { type: 'review' })
  }

  policy(tenant: string): Policy {
    return this.#policies.get(tenant) ?? defaultPolicy
  }

  /** A tenant that is not configured any more has no rules of its own: nothing is wanted there. */
  dropPolicy(tenant: string): void {
    this.#policies.delete(tenant)
    for (const actor of this.people.of(tenant)) this.mailboxes.post(actor, { type: 'review' })
  }

  /** Connects an instance, or one in the place of another: what the former said is lost, not ended, till this one speaks. */
  addSystem(system: System): void {
    const key = systemKey(system.tenant, system.id)
    this.systems.set(key, system)
    this.#surroundings.delete(system.tenant)
    const known = this.#feeds.get(key)
    if (known) {
      known.loseAll()
      return
    }
    this.#feeds.set(
      key,
      new Feeds(
        key,
        { clock: this.#options.clock, now: this.now },
        {
          sink: createSink(this, this.#options.clock, system),
          followed: () => this.people.addresses(system.tenant, system.id),
        },
      ),
    )
  }

  /** What it said is over, and nothing is written there any more. */
  removeSystem(tenant: string, connector: string): void {
    const key = systemKey(tenant, connector)
    this.#feeds.get(key)?.endAll()
    this.#feeds.delete(key)
    this.systems.delete(key)
    this.#surroundings.delete(tenant)
    this.parties.forget(tenant, connector)
    this.repairs.forget(tenant, connector)
  }

  /**
   * Gives a tenant up without taking anything back: another hub goes on where this one stops. Resolves when nothing of it
   * is under way here, or after some seconds; its connectors are still to be stopped.
   */
  async letGo(tenant: string): Promise<void> {
    await letTenantGo(tenant, {
      ...{
        people: this.people,
        mailboxes: this.mailboxes,
        publisher: this.publisher,
        reviews: this.#reviews,
      },
      ...{ feeds: this.#feeds, clock: this.#options.clock },
    })
    for (const { tenant: owner, id } of [...this.systems.values()])
      if (owner === tenant) this.removeSystem(owner, id)
    this.#policies.delete(tenant)
    this.#surroundings.delete(tenant)
  }

  /** After an instance in the place of another was heard: what only the former told is over. */
  endUnopened(tenant: string, connector: string): void {
    this.#feeds.get(systemKey(tenant, connector))?.endUnopened()
  }

  system(tenant: string, connector: string): System | undefined {
    return this.systems.get(systemKey(tenant, connector))
  }

  emit(tenant: string, connector: string, event: FeedEvent): void {
    this.#feeds.get(systemKey(tenant, connector))?.accept(event)
  }

  /** An instance stopped or failed: whatever it said is no longer sure. */
  loseSystem(tenant: string, connector: string): void {
    this.#feeds.get(systemKey(tenant, connector))?.loseAll()
  }

  feeds(tenant: string, connector: string): { live: number; all: number } {
    return this.#feeds.get(systemKey(tenant, connector))?.count() ?? { live: 0, all: 0 }
  }

  /** The clock stepped or the process stood still: nothing expires until every feed was asked once. */
  doubtTime(): void {
    for (const feeds of this.#feeds.values()) feeds.grantAnother()
    for (const actor of this.people.all()) if (doubtWrites(actor)) this.#lookAgain(actor)
    this.#doubts.add(this.systems.keys())
  }

  /** Called after each turn that changed what a watcher sees; answers how to stop. */
  watch(listener: (actor: Actor) => void): () => void {
    this.#watchers.add(listener)
    return () => this.#watchers.delete(listener)
  }

  /** Resolves when no turn and no request is under way. */
  async idle(): Promise<void> {
    await this.mailboxes.idle()
    await this.publisher.idle()
    if (this.mailboxes.busy) await this.idle()
  }

  /** Takes no further input; what is under way ends. Nothing is withdrawn. */
  async stop(): Promise<void> {
    for (const feeds of this.#feeds.values()) feeds.stop()
    this.#reviews.stop()
    this.#reads.stop()
    this.#doubts.stop()
    this.mailboxes.close()
    await this.mailboxes.idle()
  }

  /** One turn: decide, store, then send. */
  async #turn(actor: Actor, inputs: readonly Input[]): Promise<void> {
    const { tenant } = actor.presentity
    const decidedAt = this.now()
    const live = liveLegs(inputs)
    const work = this.#take(actor, inputs)
    this.parties.countEnded(tenant, live)
    if (!work) return
    const record = this.#options.record?.(actor, work.changes, this.now())
    if (record) work.changes.push(record)
    this.repairs.note(actor.presentity, work.repairs, this.#options.clock.wall())
    const { trigger } = actor
    actor.trigger = undefined
    for (const input of inputs) if ('received' in input) this.latencies.look(input.point, decidedAt)
    this.#reviews.set(actor, work.reviewAt)
    for (const read of work.reads) this.#reads.ask(tenant, read.point, read.at)
    for (const point of work.left) {
      this.people.leave(actor, point)
      // What rested on it at other addresses is looked at without it.
      this.mailboxes.post(actor, { type: 'review' })
    }
    if (work.changes.length > 0 && !(await this.#store(actor, work))) return
    // The intent is stored: whoever has the tenant next sees to it.
    if (this.mailboxes.isClosedTo(tenant)) return
    for (const sent of work.sends) {
      const system = this.system(tenant, sent.point.connector)
      const { link } = sent.contribution.cause
      const measured = trigger !== undefined && !sent.publication.refresh
      const trace = measured ? { tenant, link, trigger, decidedAt, sentAt: this.now() } : undefined
      if (system) this.publisher.send(actor, sent, { system, trace })
    }
    for (const { connector, notice } of work.notices) {
      this.system(tenant, connector)?.instance.notify?.(notice)
    }
    this.#options.metrics.count('turns')
    if (isForgotten(actor)) this.people.drop(actor)
    if (work.changed) this.#notify(actor)
  }

  /** A fault of ours that one person meets must not end the hub for everybody: that person is looked at again later. */
  #take(actor: Actor, inputs: readonly Input[]): Work | undefined {
    const { tenant, upn } = actor.presentity
    try {
      return takeTurn(actor, inputs, this.#context(tenant))
    } catch (cause) {
      const message = 'the state of one person could not be worked out; it is tried again in a minute'
      this.#options.log.error(message, { tenant, person: upn, cause })
      // An answer may have been among what was not taken.
      for (const state of actor.slots?.values() ?? []) state.inFlight = false
      this.#reviews.set(actor, this.now() + faultRetryMs)
      return undefined
    }
  }

  /** Without a stored intent nothing is sent: the turn's sends become failures that are tried again. */
  async #store(actor: Actor, work: Work): Promise<boolean> {
    try {
      await this.#options.store.commit(work.changes, work.durability)
      this.stored += 1
      this.#options.stored?.()
      return true
    } catch (cause) {
      this.#options.log.error('could not store what is about to be written; nothing was sent', {
        tenant: actor.presentity.tenant,
        person: actor.presentity.upn,
        cause,
      })
      this.#options.storeFailed?.(cause)
      // What the ledger was to be told of answers and endings is not sent by anybody again.
      actor.owed = newestChanges(work.changes)
      this.#reviews.set(actor, Math.min(work.reviewAt ?? Number.POSITIVE_INFINITY, this.now() + owedRetryMs))
      for (const sent of work.sends) {
        const reason = 'the store did not take the intent'
        this.mailboxes.post(actor, { type: 'outcome', sent, outcome: { kind: 'failed', reason } })
      }
      return false
    }
  }

  #notify(actor: Actor): void {
    actor.revision += 1
    for (const listener of this.#watchers) listener(actor)
  }

  #context(tenant: string): TurnContext {
    let known = this.#surroundings.get(tenant)
    if (!known) {
      known = this.#look(tenant)
      this.#surroundings.set(tenant, known)
    }
    return { ...known, now: this.moment(), policy: this.policy(tenant) }
  }

  /** What the turns of a tenant's people have in common, until a system comes or goes. */
  #look(tenant: string): Surroundings {
    const own = [...this.systems.values()].filter((system) => system.tenant === tenant)
    const systems = new Map(own.map((system) => [system.id, system]))
    return {
      system: (connector) => systems.get(connector),
      random: this.#options.random,
      nextId: this.#options.nextId,
      sessionTrouble: (connector, trouble) => this.sessions.note(systemKey(tenant, connector), trouble),
      isAddress: (connector, address) => this.people.at(tenant, connector, address).length > 0,
      formerWrites: (point) => this.people.formerWrites(tenant, point),
    }
  }
}
