import { setTimeout as wait } from 'node:timers/promises'
import { digestOf, Mirror } from '../../cluster/mirror.ts'
import { SocketRelay } from '../../cluster/socket-relay.ts'
import { listConsented } from '../../config/shared-clients.ts'
import { type BusEnd, BusFailure } from '../../core/bus.ts'
import type { Delivery, DeliveryAnswer, ProgramSocket } from '../../core/connector.ts'
import type {
  Elsewhere,
  HubAnswer,
  PassedAnswer,
  PassedRequest,
  PlaceQuery,
  TenantsAt,
} from '../../core/elsewhere.ts'
import type { RulesInForce } from '../../core/history-port.ts'
import type { Clock, Log } from '../../core/ports.ts'
import type { HubPort } from '../../core/view.ts'
import type { Engine } from '../../engine/engine.ts'
import type { DeliveryPort } from '../../http/hook-routes.ts'
import type { Registry } from '../registry.ts'
import { deliverTo } from './deliveries.ts'
import { type RunningTenant, shows } from './port.ts'
import type { Seat } from './seat.ts'
import { createWholePort } from './whole-port.ts'

/** A request waits so long for a tenant that changes hands, milliseconds. */
const patienceMs = 5_000
const againMs = 200
/** How long another hub may take for an answer, milliseconds. */
const answerMs = 20_000
/** What all are asked does not wait longer for one of them, milliseconds. */
const everyoneMs = 5_000

const requestSubject = (incarnation: string) => `request.${incarnation}`
const deliverySubject = (incarnation: string) => `delivery.${incarnation}`
const releaseSubject = (incarnation: string) => `release.${incarnation}`

/** What a hub that was asked for a tenant says where it has not that tenant. */
const notHere = 'this hub has not the tenant'
const later: DeliveryAnswer = { status: 503, headers: { 'retry-after': '2' } }

interface PassedDelivery {
  readonly tenant: string
  readonly connector: string
  readonly delivery: Omit<Delivery, 'body'>
  /** Base64. */
  readonly body: string
}

export interface NeighbourParts {
  readonly seat: Seat
  readonly local: HubPort
  readonly tenants: ReadonlyMap<string, RunningTenant>
  readonly engine: Engine
  readonly registry: Registry
  readonly history: { ownRules(): readonly RulesInForce[] }
  readonly clock: Clock
  readonly log: Log
}

/** The other hubs, as the API of this one needs them: what they have is seen here, and asked for there. */
export class Neighbours implements Elsewhere {
  readonly #parts: NeighbourParts
  readonly #mirror: Mirror
  readonly #ends: BusEnd[] = []
  readonly #sockets: SocketRelay
  /** To what runs here. */
  readonly #deliveries: DeliveryPort
  /** All tenants, wherever they are. */
  readonly port: HubPort
  readonly deliveries: DeliveryPort

  constructor(parts: NeighbourParts) {
    this.#parts = parts
    const { seat, local, clock, log } = parts
    this.#deliveries = deliverTo(parts.tenants)
    this.#mirror = new Mirror({
      ...{ bus: seat.bus, clock, log, incarnation: seat.member.incarnation },
      // What is not configured any more is forgotten: it may come back with other people.
      seats: () => {
        const known = new Set(this.tenants)
        return { ...seat.view, tenants: seat.view.tenants.filter(({ tenant }) => known.has(tenant)) }
      },
      has: (tenant) => seat.isRunning(tenant),
      status: () => ({
        ...{ digests: this.#digests(), connectors: local.connectors() },
        ...{ clients: this.#clients(), rules: parts.history.ownRules() },
      }),
      page: (query) => local.page(query).people,
      watch: (listener) => local.watch(listener),
    })
    this.port = createWholePort({
      ...{ local, mirror: this.#mirror },
      tenants: () => this.tenants,
      isElsewhere: (tenant) => seat.isElsewhere(tenant),
    })
    this.deliveries = {
      receive: (tenant, connector, delivery) => {
        if (this.has(tenant)) return this.#passDelivery(tenant, connector, delivery)
        const isComing = !parts.tenants.has(tenant) && this.#isConfigured(tenant)
        return isComing ? Promise.resolve(later) : this.#deliveries.receive(tenant, connector, delivery)
      },
      accept: (tenant, connector) =>
        this.has(tenant) ? this.#carry(tenant, connector) : this.#deliveries.accept(tenant, connector),
    }
    this.#sockets = new SocketRelay({
      ...{ bus: seat.bus, clock, incarnation: seat.member.incarnation },
      isThere: (one) => seat.view.nodes.some(({ incarnation, fenced }) => incarnation === one && !fenced),
      accept: ({ tenant, connector }) => this.#deliveries.accept(tenant, connector),
    })
  }

  /** `answer`: how this hub answers a request that another has passed on. */
  start(answer: (request: PassedRequest) => Promise<PassedAnswer>): void {
    const { bus, member } = this.#parts.seat
    const { incarnation } = member
    this.#ends.push(
      bus.answer(requestSubject(incarnation), (request) => answer(request as PassedRequest)),
      bus.answer(deliverySubject(incarnation), (message) => this.#receive(message as PassedDelivery)),
      // How earlier versions ask for a release of everybody.
      bus.answer(releaseSubject(incarnation), () => this.#parts.local.release('all')),
      { end: this.#sockets.serve() },
    )
    this.#mirror.start()
  }

  /** What its seat has to know. */
  get told() {
    return {
      peopleOf: (tenant: string) => this.#parts.engine.people.count(tenant),
      hubsWith: (client: string) => this.#mirror.nodesWith(client),
    }
  }

  stop(): void {
    this.#mirror.stop()
    for (const one of this.#ends.splice(0)) one.end()
  }

  get tenants(): readonly string[] {
    return this.#parts.seat.configured.map(({ id }) => id)
  }

  /** In force at other hubs, as they told last. */
  get rules(): readonly RulesInForce[] {
    return this.#mirror.rules().filter(({ tenant }) => this.has(tenant))
  }

  has(tenant: string): boolean {
    return this.#parts.seat.isElsewhere(tenant) && this.#isConfigured(tenant)
  }

  #isConfigured(tenant: string): boolean {
    return this.#parts.seat.configured.some(({ id }) => id === tenant)
  }

  knows(tenant: string | undefined): boolean {
    const { seat } = this.#parts
    const asked = seat.configured.filter(({ id }) => tenant === undefined || id === tenant)
    return asked.every(({ id }) => this.#knowsWhole(id))
  }

  #knowsWhole(tenant: string): boolean {
    const { seat } = this.#parts
    return seat.isElsewhere(tenant) ? this.#mirror.knows(tenant) : seat.isRunning(tenant)
  }

  pass(tenant: string, request: PassedRequest): Promise<PassedAnswer | undefined> {
    return this.#ask(tenant, requestSubject, request) as Promise<PassedAnswer | undefined>
  }

  tenantsAt({ connector, address, among }: PlaceQuery): TenantsAt {
    const { seat, engine } = this.#parts
    const wanted = new Set(among)
    const having = seat.configured.filter(
      ({ id, connectors }) => wanted.has(id) && connectors.some((one) => one.id === connector),
    )
    const ids = having.map(({ id }) => id)
    const found = ids.filter((id) =>
      seat.isElsewhere(id)
        ? this.#mirror.isAt(id, { connector, address })
        : engine.people.at(id, connector, address).some(({ actor, point }) => !actor.retired?.has(point)),
    )
    const unsure = ids.filter((id) => !this.#knowsWhole(id) && !found.includes(id))
    return { found: found.length + unsure.length > 0 ? found : ids.slice(0, 1), unsure }
  }

  async passToAll(request: PassedRequest, patienceMs = everyoneMs): Promise<readonly HubAnswer[]> {
    const { bus, member, view } = this.#parts.seat
    const others = view.nodes.filter(
      ({ incarnation, fenced }) => incarnation !== member.incarnation && !fenced,
    )
    const asked = others.map(async ({ node, incarnation }) => {
      try {
        return {
          node,
          answer: (await bus.ask(requestSubject(incarnation), request, patienceMs)) as PassedAnswer,
        }
      } catch (error) {
        this.#parts.log.warn('a hub did not answer what all are asked', { node, error })
        return { node, answer: undefined }
      }
    })
    return await Promise.all(asked)
  }

  /** Of a connector that there is: whether it takes sockets, its hub says. */
  #carry(tenant: string, connector: string) {
    const { seat } = this.#parts
    const config = seat.configured.find(({ id }) => id === tenant)
    if (!config?.connectors.some(({ id }) => id === connector)) return undefined
    return (socket: ProgramSocket) => {
      const owner = seat.view.tenants.find((one) => one.tenant === tenant)?.owner ?? ''
      this.#sockets.carry(owner, { tenant, connector }, socket)
    }
  }

  async #passDelivery(tenant: string, connector: string, { body, ...delivery }: Delivery) {
    const message: PassedDelivery = {
      ...{ tenant, connector, delivery, body: Buffer.from(body).toString('base64') },
    }
    const answer = (await this.#ask(tenant, deliverySubject, message)) as DeliveryAnswer | null | undefined
    if (answer === undefined) return later
    return answer ?? { status: 404 }
  }

  async #receive({ tenant, connector, delivery, body }: PassedDelivery): Promise<DeliveryAnswer | null> {
    // It has just gone, or is only coming: whoever passed it on looks again where it is.
    if (!this.#parts.tenants.has(tenant)) throw new Error(notHere)
    const bytes = Buffer.from(body, 'base64')
    const answer = await this.#deliveries.receive(tenant, connector, { ...delivery, body: bytes })
    return answer ?? null
  }

  /** Undefined where nobody answered; a question that reached nobody is asked again for a while. */
  async #ask(tenant: string, subject: (incarnation: string) => string, message: unknown): Promise<unknown> {
    const { seat, clock, log } = this.#parts
    const until = clock.monotonic() + patienceMs
    for (;;) {
      const owner = seat.view.tenants.find((one) => one.tenant === tenant)?.owner
      try {
        if (owner) return await seat.bus.ask(subject(owner), message, answerMs)
      } catch (error) {
        if (!isUnheard(error)) {
          log.warn('another hub did not answer what was passed on to it', { tenant, error })
          return undefined
        }
      }
      if (clock.monotonic() >= until || !seat.isElsewhere(tenant)) return undefined
      await wait(againMs)
    }
  }

  #clients() {
    const running = [...this.#parts.tenants.values()].map(({ config }) => config)
    return listConsented(running, this.#parts.registry)
  }

  #digests() {
    const { tenants, engine } = this.#parts
    const digests = [...tenants.keys()].map((tenant) => {
      const shown = Iterator.from(engine.people.of(tenant)).filter((actor) => shows(actor, tenant))
      return [tenant, digestOf(shown, (actor) => engine.people.revisionOf(actor))] as const
    })
    return Object.fromEntries(digests)
  }
}

/** Nothing was done: it may be asked again. */
function isUnheard(error: unknown): boolean {
  if (!(error instanceof BusFailure)) return false
  const { kind, message } = error
  return kind === 'nobody' || kind === 'away' || (kind === 'refused' && message === notHere)
}
