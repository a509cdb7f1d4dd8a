import {
  type ConnectorContext,
  ConnectorFailure,
  type ConnectorInstance,
  type Delivery,
  type DeliveryAnswer,
  type DirectoryEntry,
  type Notice,
  type Outcome,
  type ProgramSocket,
  type Publication,
  type UnknownValue,
} from '../../core/connector.ts'
import { AVAILABLE, presenceName, samePresence, UNKNOWN } from '../../core/presence.ts'
import { Sleeper } from '../kit/sleeper.ts'
import { UnknownValues } from '../kit/unknown-values.ts'
import type { Settings } from './config.ts'
import { Door, type Grant } from './door.ts'
import { AgentFeed } from './feed.ts'
import { type HelloFrame, protocolVersion } from './frame-schema.ts'
import { judge } from './health.ts'
import { HttpLines } from './http-lines.ts'
import { rollOf } from './roll.ts'
import { Roster } from './roster.ts'
import { AgentSession, type Carrier, closeCodes, type Ending } from './session.ts'
import { slotsOf } from './slots.ts'
import { SocketLines } from './socket-lines.ts'

/** Agents connect by themselves: a start waits so long for the first to speak, and goes on without. */
const startMs = 3_000
/** Everything is asked for again this often, milliseconds. */
export const reconcileMs = 300_000
/** Until a write for which no agent is connected is tried again. */
const absentMs = 10_000

/** The agents of one connector, from start to stop. */
export class AgentInstance implements ConnectorInstance {
  readonly #settings: Settings
  readonly #context: ConnectorContext
  readonly #door: Door
  readonly #roster = new Roster()
  readonly #feeds = new Map<string, AgentFeed>()
  readonly #lost = new Map<string, string>()
  readonly #unknown: UnknownValues
  readonly #sleeper: Sleeper
  readonly #sockets: SocketLines
  readonly #http: HttpLines
  readonly #first = Promise.withResolvers<void>()
  readonly #onAbort = () => void this.stop()
  #followed: ReadonlySet<string> = new Set()
  #unheard: readonly string[] = []
  #state: 'made' | 'running' | 'stopped' = 'made'
  #told = ''
  #reconciling: Promise<void> | undefined

  /** No I/O. */
  constructor(settings: Settings, context: ConnectorContext) {
    this.#settings = settings
    this.#context = context
    const { clock, metrics } = context
    this.#door = new Door(settings.agents)
    this.#unknown = new UnknownValues(context)
    this.#sleeper = new Sleeper(clock)
    const parts = {
      ...{ clock, metrics },
      admit: (agent: string, token: string | undefined) => this.#admit(agent, token),
      begin: (hello: HelloFrame, grant: Grant, carrier: Carrier) => this.#begin(hello, grant, carrier),
    }
    this.#sockets = new SocketLines(parts)
    this.#http = new HttpLines(parts)
  }

  async start(addresses: readonly string[]): Promise<void> {
    if (this.#state !== 'made') throw new ConnectorFailure('unexpected', 'This instance was used already.')
    this.#state = 'running'
    this.#context.signal.addEventListener('abort', this.#onAbort, { once: true })
    this.#followed = new Set(addresses)
    await Promise.race([this.#first.promise, this.#sleeper.sleep(startMs)])
    this.#report()
    this.#reconciling = this.#reconcile()
  }

  async stop(): Promise<void> {
    if (this.#state === 'stopped') return
    this.#state = 'stopped'
    this.#context.signal.removeEventListener('abort', this.#onAbort)
    this.#sleeper.stop()
    this.#sockets.stop()
    for (const session of this.#roster.sessions) {
      session.end({ kind: 'lost', reason: 'the hub is stopping' })
      session.carrier.close(1001, 'the hub is stopping')
    }
    await this.#reconciling
    this.#context.health({ state: 'stopped' })
  }

  follow(addresses: readonly string[]): void {
    if (this.#state !== 'running') return
    const before = this.#followed
    this.#followed = new Set(addresses)
    const gone = [...before].filter((address) => !this.#followed.has(address))
    this.#assign()
    for (const feed of this.#feeds.values()) feed.forget(gone)
  }

  resync(addresses: readonly string[]): void {
    const asked = new Map<AgentSession, string[]>()
    for (const address of addresses) {
      const owner = this.#roster.ownerOf(address)
      if (owner) asked.set(owner, [...(asked.get(owner) ?? []), address])
    }
    for (const [session, some] of asked) session.read(some)
  }

  async publish(publication: Publication): Promise<Outcome> {
    const { address, slot, act, state } = publication
    const known = slotsOf(this.#settings).find((each) => each.slot === slot)
    const settable = act === 'withdraw' || known?.states.includes(state)
    if (!known || !settable) {
      return { kind: 'rejected', reason: `Agents do not set ${presenceName(state)} in slot "${slot}".` }
    }
    if (this.#state !== 'running') {
      return { kind: 'deferred', reason: 'the connector is not running', retryAfterMs: 1_000 }
    }
    const owner = this.#roster.ownerOf(address)
    if (owner?.grant.mayWrite) {
      const nothing = samePresence(state, UNKNOWN)
      return owner.publish(nothing ? { ...publication, state: AVAILABLE } : publication)
    }
    if (owner) {
      return {
        kind: 'rejected',
        reason: `The agent ${owner.grant.id} is only listened to.`,
        fix: 'Set "write: true" for it, or let the link go elsewhere.',
      }
    }
    if (this.#door.grants.some(({ scope }) => scope.has(address))) {
      return {
        ...{ kind: 'deferred', retryAfterMs: absentMs },
        reason: `no agent that speaks for ${address} is connected`,
      }
    }
    return {
      kind: 'rejected',
      reason: `No agent may speak for ${address}.`,
      fix: 'Name the address for one of the agents in the configuration.',
    }
  }

  notify(notice: Notice): void {
    if (this.#state === 'running') this.#roster.ownerOf(notice.address)?.notify(notice)
  }

  async directory(): Promise<readonly DirectoryEntry[]> {
    const answers = await Promise.all(this.#roster.sessions.map((session) => session.list()))
    const heard = answers.filter((each) => each !== undefined)
    if (heard.length === 0) {
      throw new ConnectorFailure('not-ready', 'No agent has told whom it knows.', {
        fix: 'Start an agent; one that has no directory is matched by the addresses in the configuration.',
      })
    }
    // Two desktops may know the same colleagues: one entry each.
    return [...new Map(heard.flat().map((entry) => [entry.address, entry])).values()]
  }

  unknownValues(): readonly UnknownValue[] {
    return this.#unknown.list()
  }

  async receive(delivery: Delivery): Promise<DeliveryAnswer> {
    if (this.#state !== 'running') return { status: 503, headers: { 'retry-after': '2' } }
    const answer = this.#http.receive(delivery)
    if (answer.status === 400) this.#context.metrics.count('agent_malformed_total')
    return answer
  }

  accept(socket: ProgramSocket): void {
    if (this.#state === 'running') this.#sockets.accept(socket)
    else socket.close(1013, 'the connector is not running')
  }

  async #reconcile(): Promise<void> {
    for (;;) {
      await this.#sleeper.sleep(reconcileMs)
      if (this.#sleeper.stopped) return
      for (const session of this.#roster.sessions) session.readAll()
    }
  }

  #admit(agent: string, token: string | undefined): Grant | undefined {
    const grant = this.#door.admit(agent, token)
    if (grant) return grant
    this.#context.metrics.count('agent_refused_total', { code: 'unauthorized' })
    const known = this.#door.grants.some(({ id }) => id === agent)
    this.#context.log.warn('an agent was refused: its name or its token is not right', {
      agent: known ? agent : '(unknown)',
    })
    return undefined
  }

  #begin(hello: HelloFrame, grant: Grant, carrier: Carrier): AgentSession | undefined {
    const refuse = (code: 'protocol' | 'scope', message: string, fix: string) => {
      this.#context.metrics.count('agent_refused_total', { code })
      carrier.send({ type: 'error', code, message, fix })
      carrier.close(code === 'protocol' ? closeCodes.protocol : closeCodes.unauthorized, message)
      return undefined
    }
    if (hello.protocol !== protocolVersion) {
      const fix = 'Use an agent and a hub of about the same age.'
      return refuse('protocol', `the hub speaks version ${protocolVersion}, not ${hello.protocol}`, fix)
    }
    const foreign = hello.addresses?.find((address) => !grant.scope.has(address))
    if (foreign !== undefined) {
      const fix = 'Add it to the addresses of this agent in the configuration of the hub.'
      return refuse('scope', `agent ${grant.id} may not speak for ${foreign}`, fix)
    }
    const before = this.#roster.of(grant.id)
    before?.refuse('replaced', 'a newer connection of this agent has taken over')
    before?.end({ kind: 'replaced', reason: 'a newer connection has taken over' })
    before?.carrier.close(closeCodes.replaced, 'replaced')
    return this.#welcome(hello, grant, carrier)
  }

  #welcome(hello: HelloFrame, grant: Grant, carrier: Carrier): AgentSession {
    const { heartbeatMs, leaseMs, answerMs } = this.#settings
    const feed = this.#feedOf(grant.id)
    const session: AgentSession = new AgentSession(
      { grant, hello, carrier },
      {
        ...{ context: this.#context, unknown: this.#unknown, feed, leaseMs, answerMs },
        events: {
          covered: (addresses) => this.#covered(feed, addresses),
          ended: (why) => this.#ended(session, feed, why),
        },
      },
    )
    carrier.send({
      ...{ type: 'welcome', protocol: protocolVersion, session: hello.session },
      ...{ heartbeatSeconds: heartbeatMs / 1000, leaseSeconds: leaseMs / 1000 },
      slots: slotsOf(this.#settings)
        .filter(({ states }) => grant.mayWrite && states.length > 0)
        .map(({ slot, states, neutral }) => ({
          slot,
          states: states.map(presenceName),
          neutral: presenceName(neutral),
        })),
    })
    feed.begin()
    this.#lost.delete(grant.id)
    this.#roster.add(session)
    this.#assign()
    return session
  }

  #feedOf(agent: string): AgentFeed {
    const known = this.#feeds.get(agent)
    if (known) return known
    const feed = new AgentFeed(agent, this.#settings.leaseMs, (event) => this.#context.emit(event))
    this.#feeds.set(agent, feed)
    return feed
  }

  /** What another agent had said of the same addresses is no longer its to say. */
  #covered(by: AgentFeed, addresses: readonly string[]): void {
    for (const feed of this.#feeds.values()) if (feed !== by) feed.forget(addresses)
    this.#first.resolve()
  }

  #ended(session: AgentSession, feed: AgentFeed, why: Ending): void {
    if (this.#state === 'stopped' || !this.#roster.remove(session)) return
    if (why.kind === 'replaced') return
    if (why.kind === 'bye') feed.end()
    else {
      feed.lost(why.reason)
      this.#lost.set(session.grant.id, why.reason)
      this.#context.log.warn('an agent is lost', { agent: session.grant.id, reason: why.reason })
    }
    this.#assign()
  }

  #assign(): void {
    this.#unheard = this.#roster.assign(this.#followed)
    this.#report()
  }

  #report(): void {
    const connected = this.#roster.sessions.map(({ grant, program }) => ({ id: grant.id, program }))
    rollOf(this.#context).connected = connected
    if (this.#state !== 'running') return
    const health = judge({
      ...{ connected, lost: this.#lost, unheard: this.#unheard, followed: this.#followed.size },
      callback: this.#context.callbackUrl(),
    })
    const text = JSON.stringify(health)
    if (text === this.#told) return
    this.#told = text
    this.#context.health(health)
  }
}
